"""The compose files hold together, and their secrets are made, never given."""

import os
import re
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from headway.settings import CONFIG, load_settings
from tests.deploy.documents import Document, documents

FOLDER = Path(__file__).parents[2] / "deploy/compose"
STAGES = ["stage-1", "stage-2"]


def compose(stage: str) -> Document:
    (file,) = documents(FOLDER / f"{stage}.yaml")
    return file


@pytest.fixture(scope="module")
def secrets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the script makes."""
    folder = tmp_path_factory.mktemp("compose")
    shutil.copy(FOLDER / "secrets.sh", folder)
    subprocess.run([folder / "secrets.sh"], check=True)
    return folder / "secrets"


@pytest.mark.parametrize("stage", STAGES)
def test_services_name_what_is_there(stage: str, secrets: Path) -> None:
    file = compose(stage)
    for name, service in file["services"].items():
        assert ":" in service["image"].rpartition("/")[2], f"{name} has no fixed version"
        assert "privileged" not in service
        assert set(service["networks"]) <= set(file["networks"])
        assert set(service.get("depends_on", ())) <= set(file["services"])
        for secret in service.get("secrets", ()):
            assert (secret if isinstance(secret, str) else secret["source"]) in file["secrets"]
        for volume in service.get("volumes", ()):
            source = volume.split(":")[0]
            assert (FOLDER / source).exists() if source.startswith("./") else source in file["volumes"], volume
        for port in service.get("ports", ()):
            assert port.startswith("127.0.0.1:"), "only this machine until somebody decides otherwise"
    for secret in file["secrets"].values():
        assert (secrets.parent / secret["file"]).is_file()


@pytest.mark.parametrize("stage", STAGES)
def test_no_file_holds_a_password(stage: str) -> None:
    text = (FOLDER / f"{stage}.yaml").read_text("utf-8")
    for name, value in re.findall(r"^\s*(\w*(?:PASSWORD|SECRET|TOKEN)\w*): *(.*)$", text, re.MULTILINE):
        assert name.endswith("_FILE"), f"{name}: {value}"
    assert "://headway:" not in text


@pytest.mark.parametrize("stage", STAGES)
def test_the_product_is_given_settings_that_it_takes(stage: str, secrets: Path) -> None:
    for name, service in compose(stage)["services"].items():
        own = {key: value for key, value in service.get("environment", {}).items() if key.startswith("HEADWAY_")}
        if own:
            own |= {"HEADWAY_PUBLIC_URL": "https://tasks.example.org", CONFIG: str(secrets / f"{stage}.toml")}
            settings = load_settings(own)
            assert settings.database_url.startswith("mysql:" if stage == "stage-2" else "sqlite:"), name


def test_secrets_are_long_differ_and_stay_when_asked_for_again(secrets: Path) -> None:
    assert secrets.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO) == 0
    before = {file.name: file.read_text() for file in secrets.iterdir()}
    alone = [before[name] for name in ("database_root", "database_app", "database_replication", "redis", "signing.key")]
    assert len(set(alone)) == len(alone)
    assert min(map(len, alone)) >= 48
    subprocess.run([secrets.parent / "secrets.sh"], check=True, env={"PATH": os.environ["PATH"]})
    assert {file.name: file.read_text() for file in secrets.iterdir()} == before


def test_nginx_knows_all_instances() -> None:
    upstream = (FOLDER / "nginx/headway-upstream.conf").read_text()
    known = re.findall(r"server (\w+):8000", upstream)
    assert known == [name for name in compose("stage-2")["services"] if name.startswith("app")]
