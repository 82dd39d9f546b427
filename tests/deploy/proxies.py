"""nginx and Caddy as real servers, with the files of deploy/ in which only names, ports and certificates are others."""

import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tests.support.serving import free_port, running

DEPLOY = Path(__file__).parents[2] / "deploy"
PROGRAMS = "/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin"

AROUND_NGINX = """
daemon off;
pid nginx.pid;
error_log stderr;
events {}
http {
    access_log off;
    include /etc/nginx/mime.types;
    client_body_temp_path body;
    proxy_temp_path proxy;
    fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi;
    scgi_temp_path scgi;
    %s
}
"""

AROUND_CADDY = """
{
    admin off
    skip_install_trust
    http_port %d
    https_port %d
}
"""


@dataclass(frozen=True)
class Ports:
    """Where the front listens, and Headway behind it."""

    plain: int
    secure: int
    back: int


class Proxy(Protocol):
    """How one kind of server is put in front of Headway."""

    def below_a_path(self, folder: Path, ports: Ports) -> AbstractContextManager[None]:
        """Serves http://localhost:<plain>/headway."""

    def own_name(self, folder: Path, ports: Ports) -> AbstractContextManager[Path]:
        """Serves https://localhost:<secure>; gives the certificate that a client has to trust."""


def free_ports() -> Ports:
    return Ports(free_port(), free_port(), free_port())


class Nginx:
    @contextmanager
    def below_a_path(self, folder: Path, ports: Ports) -> Iterator[None]:
        servers = f"""
            upstream headway {{ server 127.0.0.1:{ports.back} max_fails=0; keepalive 8; }}
            server {{ listen 127.0.0.1:{ports.plain}; include headway/headway-subpath.conf; }}
        """
        with running(self._command(folder, servers), f"http://localhost:{ports.plain}/headway/readyz", folder, {}):
            yield

    @contextmanager
    def own_name(self, folder: Path, ports: Ports) -> Iterator[Path]:
        command = self._command(folder, "include headway/headway.conf;")
        certificate, key = folder / "certificate.pem", folder / "key.pem"
        subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
        new = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", *subject]
        subprocess.run([*new, "-keyout", key, "-out", certificate], capture_output=True, check=True)
        upstream = folder / "headway/headway-upstream.conf"
        upstream.write_text(_replaced(upstream.read_text(), {"127.0.0.1:8000": f"127.0.0.1:{ports.back}"}))
        shipped = folder / "headway/headway.conf"
        here = {
            "listen 80;": f"listen 127.0.0.1:{ports.plain};",
            "listen 443": f"listen 127.0.0.1:{ports.secure}",
            "/etc/ssl/tasks.example.org/fullchain.pem": str(certificate),
            "/etc/ssl/tasks.example.org/privkey.pem": str(key),
            "server_name tasks.example.org": "server_name localhost",
            "https://tasks.example.org": f"https://localhost:{ports.secure}",
        }
        shipped.write_text(_replaced(shipped.read_text(), here))
        with running(command, f"http://localhost:{ports.plain}/", folder, {}):
            yield certificate

    def _command(self, folder: Path, servers: str) -> list[str | Path]:
        folder.mkdir()
        shutil.copytree(DEPLOY / "nginx", folder / "headway")
        (folder / "nginx.conf").write_text(AROUND_NGINX % servers)
        return [_program("nginx"), "-p", folder, "-c", folder / "nginx.conf"]


class Caddy:
    """With certificates of its own authority, since nobody outside vouches for localhost."""

    @contextmanager
    def below_a_path(self, folder: Path, ports: Ports) -> Iterator[None]:
        own = Ports(free_port(), ports.secure, ports.back)  # plain is the site's itself
        command = self._command(folder, own, "\nexample.org {", f"\nhttp://localhost:{ports.plain} {{")
        with running(command, f"http://localhost:{ports.plain}/headway/readyz", folder, self._own_folders(folder)):
            yield

    @contextmanager
    def own_name(self, folder: Path, ports: Ports) -> Iterator[Path]:
        command = self._command(folder, ports, "\ntasks.example.org {", "\nlocalhost {")
        with running(command, f"http://localhost:{ports.plain}/", folder, self._own_folders(folder)):
            yield folder / "data/caddy/pki/authorities/local/root.crt"

    def _command(self, folder: Path, ports: Ports, site: str, here: str) -> list[str | Path]:
        """One site of the shipped file: for the name of the other nobody could vouch here."""
        folder.mkdir()
        (shipped,) = (part for part in (DEPLOY / "caddy/Caddyfile").read_text().split("\n}\n") if site in part)
        text = _replaced(shipped, {site: here, "127.0.0.1:8000": f"127.0.0.1:{ports.back}"})
        (folder / "Caddyfile").write_text(AROUND_CADDY % (ports.plain, ports.secure) + text + "\n}\n")
        return [_program("caddy"), "run", "--config", folder / "Caddyfile", "--adapter", "caddyfile"]

    def _own_folders(self, folder: Path) -> dict[str, str]:
        return {"XDG_DATA_HOME": str(folder / "data"), "XDG_CONFIG_HOME": str(folder / "settings")}


def _program(name: str) -> str:
    return shutil.which(name, path=PROGRAMS) or name


def _replaced(text: str, places: Mapping[str, str]) -> str:
    for example, here in places.items():
        assert example in text, f"the shipped file no longer says {example!r}"
        text = text.replace(example, here)
    return text
