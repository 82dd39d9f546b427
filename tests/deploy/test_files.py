"""The configuration that is shipped and rendered is understood by the programs that it is for."""

import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from headway.entrypoints.cli import run
from headway.entrypoints.cluster.programs import program
from headway.entrypoints.cluster.render import shipped
from headway.settings import load_settings
from tests.deploy.proxies import AROUND_NGINX

DEPLOY = Path(__file__).parents[2] / "deploy"


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("render") / "production"
    assert run(["cluster", "render", str(folder), "--name", "ops.example.org", "--instances", "2"]) == 0
    return folder


def test_what_is_shipped_is_what_the_templates_make() -> None:
    """`python -m tools.deploy_files` writes these files."""
    for name, text in shipped().items():
        assert (DEPLOY / name).read_text() == text, name


def test_nginx_takes_the_rendered_site(rendered: Path, tmp_path: Path) -> None:
    shutil.copytree(rendered / "nginx", tmp_path / "headway")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    new = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    names = ["-subj", "/CN=ops.example.org", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run([*new, *names], capture_output=True, check=True)
    site = tmp_path / "headway/headway.conf"
    text = site.read_text()
    assert "server_name ops.example.org;" in text
    text = text.replace("/etc/ssl/ops.example.org/fullchain.pem", str(certificate))
    site.write_text(text.replace("/etc/ssl/ops.example.org/privkey.pem", str(key)))
    (tmp_path / "nginx.conf").write_text(AROUND_NGINX % "include headway/headway.conf;")
    checked = subprocess.run(
        [program("nginx"), "-t", "-p", tmp_path, "-c", tmp_path / "nginx.conf"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stderr
    upstream = (rendered / "nginx/headway-upstream.conf").read_text()
    assert "server 127.0.0.1:8001 max_fails=0;" in upstream
    assert "server 127.0.0.1:8002 max_fails=0;" in upstream


def test_mariadb_knows_every_rendered_option(rendered: Path) -> None:
    numbers = set()
    for file in sorted((rendered / "mariadb").glob("*.cnf")):
        checked = subprocess.run(
            [program("mariadbd"), f"--defaults-file={file}", "--user=root", "--verbose", "--help"],
            capture_output=True,
            text=True,
            check=False,
        )
        assert checked.returncode == 0, checked.stderr
        assert "unknown" not in checked.stderr
        values = dict(line.split(None, 1) for line in checked.stdout.splitlines() if len(line.split(None, 1)) == 2)
        assert (values["read-only"], values["sync-binlog"]) == ("TRUE", "1")
        numbers.add(values["server-id"])
    assert len(numbers) == 3


def test_systemd_takes_the_units(rendered: Path, tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd is not installed here")
    for unit in (DEPLOY / "headway.service", *(rendered / "systemd").iterdir()):
        name = unit.name.replace("@.", "@8001.")
        # the program is not installed here: another that is takes its place
        (tmp_path / name).write_text(unit.read_text().replace("/opt/headway/bin/headway", "/bin/true"))
        checked = subprocess.run(
            ["systemd-analyze", "verify", "--man=no", tmp_path / name], capture_output=True, text=True, check=False
        )
        assert name not in checked.stderr, checked.stderr


def test_the_rendered_settings_are_settings_and_no_password_is_a_default(rendered: Path, tmp_path: Path) -> None:
    lines = [line for line in (rendered / "headway.env").read_text().splitlines() if line and line[0] != "#"]
    settings = load_settings(dict(line.split("=", 1) for line in lines))
    assert settings.public_url == "https://ops.example.org"
    assert len(settings.database_replica_urls) == 3
    other = tmp_path / "other"
    assert run(["cluster", "render", str(other)]) == 0
    assert (other / "headway.env").read_text() != (rendered / "headway.env").read_text()
    for file in rendered.rglob("*"):
        assert not file.is_file() or file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO) == 0


def test_a_folder_in_use_is_not_overwritten(rendered: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["cluster", "render", str(rendered)]) == 1
    assert "is not empty" in capsys.readouterr().err
