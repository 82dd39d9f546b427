"""The wheel is all that somebody needs: installed in an empty environment, it runs and shows the web client."""

import importlib.metadata
import re
import shutil
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.support.serving import free_port, serving

TOP = Path(__file__).parents[2]
PACKED = ("pyproject.toml", "README.md", "LICENSE", "uv.lock", "src", "tools")


@pytest.fixture(scope="session")
def uv() -> str:
    return subprocess.run([TOP / "tools/setup/uv.sh"], capture_output=True, text=True, check=True).stdout.strip()


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """What a wheel is made from. A copy: the client in the checkout may be being served to another test."""
    top = tmp_path / "sources"
    top.mkdir()
    for name in PACKED:
        if (TOP / name).is_dir():
            shutil.copytree(TOP / name, top / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(TOP / name, top)
    return top


def build(uv: str, sources: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([uv, "build", "--offline"], cwd=sources, capture_output=True, text=True, check=False)


def install(uv: str, sources: Path, environment: Path) -> None:
    """Installs the wheel as pip would, from packages that the set-up has brought to this machine already."""
    (wheel,) = (sources / "dist").glob("*.whl")
    locked = sources / "locked.txt"
    export = [uv, "export", "--offline", "--frozen", "--no-dev", "--no-emit-project", "--no-hashes", "-o", str(locked)]
    target = ["--python", str(environment / "bin/python")]
    subprocess.run(export, cwd=sources, capture_output=True, check=True)
    subprocess.run([uv, "venv", "--offline", "--python", sys.executable, environment], capture_output=True, check=True)
    subprocess.run(
        [uv, "pip", "install", "--offline", *target, "--constraints", locked, wheel], capture_output=True, check=True
    )


def test_the_wheel_runs_in_an_empty_environment(uv: str, sources: Path, tmp_path: Path) -> None:
    built = build(uv, sources)
    assert built.returncode == 0, built.stderr
    install(uv, sources, tmp_path / "environment")
    program = tmp_path / "environment/bin/headway"

    version = subprocess.run([program, "version"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert importlib.metadata.version("headway") in version.stdout

    with serving(program, tmp_path / "served", free_port(), {}) as address:
        page = httpx.get(f"{address}/", trust_env=False)
        script = re.search(r'<script[^>]* src="\.?/?([^"]+)"', page.text)
        assert script, page.text
        answer = httpx.get(f"{address}/{script[1]}", trust_env=False)
        assert answer.status_code == 200
        assert "javascript" in answer.headers["content-type"]


def test_a_wheel_without_the_web_client_is_not_built(uv: str, sources: Path) -> None:
    shutil.rmtree(sources / "src/headway/web_client")
    built = build(uv, sources)
    assert built.returncode != 0
    assert "the web client is not built" in built.stderr
    assert not list((sources / "dist").glob("*.whl"))
