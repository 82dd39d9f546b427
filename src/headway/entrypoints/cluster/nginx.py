"""nginx in front of the instances."""

import http.client
import os
import resource
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from headway.entrypoints.cluster.filling import filled, write_private
from headway.entrypoints.cluster.programs import nginx_module, program
from headway.entrypoints.cluster.state import HOST, Cluster, Member
from headway.entrypoints.web_client import WEB_CLIENT

FILES: Final = ("headway.conf", "headway-upstream.conf", "headway-proxy.conf", "headway-locations.conf")
SUBPATH: Final = "headway-subpath.conf"
FOLDER: Final = "headway"
MIME_TYPES: Final = Path("/etc/nginx/mime.types")
WORKERS: Final = 2
MOST_CONNECTIONS: Final = 32_768
ASK_SECONDS: Final = 3.0
BROTLI: Final = "    brotli_static on;"
NO_BROTLI: Final = "    # brotli_static on;   with nginx's brotli module (Debian: libnginx-mod-http-brotli-static)"


def site(servers: Sequence[str], server_name: str, web_client: Path, *, brotli: bool) -> Mapping[str, str]:
    """The files that tell an nginx about Headway, by name. `servers` are the instances as host:port."""
    values = {
        "folder": FOLDER,
        "server_name": server_name,
        "servers": "\n".join(f"    server {server} max_fails=0;" for server in servers),
        "web_client": web_client,
        "brotli": BROTLI if brotli else NO_BROTLI,
    }
    return {name: filled(f"nginx/{name}", values) for name in (*FILES, SUBPATH)}


class Nginx:
    """The nginx of a cluster."""

    def __init__(self, cluster: Cluster, member: Member) -> None:
        self._cluster = cluster
        self._member = member
        self._home = cluster.home(member)

    def prepare(self) -> None:
        module = nginx_module("brotli_static")
        servers = [f"{HOST}:{instance.port}" for instance in self._cluster.of("instance")]
        for name, text in site(servers, "localhost", WEB_CLIENT, brotli=module is not None).items():
            write_private(self._home / FOLDER / name, text)
        connections = min(resource.getrlimit(resource.RLIMIT_NOFILE)[1] // WORKERS, MOST_CONNECTIONS)
        values = {
            # What it keeps of large bodies lies in a folder that is closed to the user it would change to.
            "user": "user root;" if os.geteuid() == 0 else "",
            "workers": WORKERS,
            "files": connections * WORKERS,
            "connections": connections,
            "modules": f"load_module {module};" if module else "",
            "mime_types": MIME_TYPES,
            "listen": f"{HOST}:{self._member.port}",
        }
        write_private(self._home / "nginx.conf", filled("nginx.conf", values))

    def command(self) -> Sequence[str]:
        return (program("nginx"), "-p", str(self._home), "-c", str(self._home / "nginx.conf"))

    def environment(self) -> dict[str, str]:
        return dict(os.environ)

    def is_ready(self) -> bool:
        return answers(self._member.port, "/healthz", below=600)


def answers(port: int, path: str, below: int) -> bool:
    """Whether somebody answers a GET on loopback with a status below this one."""
    connection = http.client.HTTPConnection(HOST, port, timeout=ASK_SECONDS)
    try:
        connection.request("GET", path)
        return connection.getresponse().status < below
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
