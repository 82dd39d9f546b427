"""The container file, built and run by a real podman.

Where the base image cannot be fetched, one of Debian's own packages stands in for it: the same distribution with the
Python that it carries.
"""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.support.serving import free_port, running

pytestmark = pytest.mark.long

TOP = Path(__file__).parents[2]
NEEDED = ("podman", "runc", "mmdebstrap")
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
IMAGE = "localhost/headway"
PACKAGES = "ca-certificates,python3,python3-venv"
STAND_IN = "FROM scratch\nADD system.tar /\nRUN ln -s python3 /usr/bin/python\n"
# This machine's network may have a certificate authority of its own.
TRUSTING = f"""
FROM %s
COPY {CERTIFICATES.name} {CERTIFICATES}
ENV SSL_CERT_FILE={CERTIFICATES} NODE_EXTRA_CA_CERTS={CERTIFICATES}
"""
SETTINGS = """
[containers]
default_ulimits = ["nofile=10000:10000", "nproc=20000:20000"]
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
"""


@dataclass(frozen=True)
class Podman:
    """podman with a store of its own, which shares nothing with what else runs on this machine."""

    folder: Path

    @property
    def command(self) -> list[str]:
        own = (f"--{name}={self.folder / name}" for name in ("root", "runroot", "tmpdir"))
        return ["podman", *own]

    @property
    def environment(self) -> dict[str, str]:
        return {"CONTAINERS_CONF": str(self.folder / "containers.conf")}

    def __call__(self, *words: str, check: bool = True) -> str:
        """What a command prints."""
        environment = {**os.environ, **self.environment}
        done = subprocess.run(
            [*self.command, *words], cwd=TOP, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0 or not check, f"podman {' '.join(words)}\n{done.stdout}\n{done.stderr}"
        return done.stdout.strip()

    def build(self, folder: Path, text: str, tag: str) -> str:
        """An image of what lies in a folder."""
        (folder / "Containerfile").write_text(text)
        self("build", "--quiet", f"--tag={tag}", str(folder))
        return tag


@pytest.fixture(scope="module")
def podman(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Podman]:
    path = os.environ["PATH"] + ":/usr/sbin"
    missing = [name for name in NEEDED if shutil.which(name, path=path) is None]
    if missing:
        pytest.fail(f"Missing on this machine: apt-get install {' '.join(missing)}", pytrace=False)
    podman = Podman(tmp_path_factory.mktemp("podman"))
    (podman.folder / "containers.conf").write_text(SETTINGS)
    yield podman
    podman("rm", "--all", "--force", "--volumes")
    subprocess.run(["umount", podman.folder / "root/overlay"], capture_output=True, check=False)  # podman leaves it
    shutil.rmtree(podman.folder, ignore_errors=True)  # far quicker than taking each layer off its image


@pytest.fixture(scope="module")
def base(podman: Podman, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The image that the container file begins with, or what stands in for it."""
    named = re.search(r"^ARG PYTHON=(\S+)$", (TOP / "deploy/Containerfile").read_text(), re.MULTILINE)
    assert named
    folder, python = tmp_path_factory.mktemp("base"), named[1]
    if not podman("pull", "--quiet", python, check=False):
        make = ["mmdebstrap", "--variant=minbase", f"--include={PACKAGES}", "bookworm", str(folder / "system.tar")]
        subprocess.run(make, capture_output=True, check=True)
        python = podman.build(folder, STAND_IN, "localhost/python")
    trusting = tmp_path_factory.mktemp("trusting")
    shutil.copy(CERTIFICATES, trusting)
    return podman.build(trusting, TRUSTING % python, "localhost/trusting")


@pytest.fixture(scope="module")
def image(podman: Podman, base: str) -> str:
    podman(
        "build", "--format=docker", f"--build-arg=PYTHON={base}", "--file=deploy/Containerfile", f"--tag={IMAGE}", "."
    )
    return IMAGE


@contextmanager
def served(podman: Podman, image: str, folder: Path) -> Iterator[str]:
    """A container of the image, on the network of this machine, until the block ends; gives its address."""
    port = free_port()
    address = f"http://localhost:{port}"
    settings = (f"--env=HEADWAY_PORT={port}", f"--env=HEADWAY_PUBLIC_URL={address}")
    command = [*podman.command, "run", "--rm", "--name=headway", "--network=host", "--volume=headway:/data"]
    folder.mkdir()
    with running([*command, *settings, image], f"http://127.0.0.1:{port}/readyz", folder, podman.environment):
        yield address


def test_the_image_serves_without_rights_and_the_next_one_finds_its_data(
    podman: Podman, image: str, tmp_path: Path
) -> None:
    with served(podman, image, tmp_path / "first") as address:
        page = httpx.get(f"{address}/", trust_env=False)
        assert page.headers["content-type"].startswith("text/html")
        assert podman("exec", "headway", "id", "--user") == "10001"
        podman("exec", "headway", "headway", "user", "add", "ann@example.org")
        podman("healthcheck", "run", "headway")
        found = json.loads(podman("exec", "headway", "headway", "doctor", "--json", check=False))
        assert found
    assert "stopped" in (tmp_path / "first/log").read_text()

    with served(podman, image, tmp_path / "second"):
        assert "ann@example.org" in podman("exec", "headway", "headway", "user", "list", "--json")
