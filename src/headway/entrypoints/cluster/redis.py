"""Redis on loopback."""

import os
import socket
from collections.abc import Sequence

from headway.entrypoints.cluster.filling import filled, write_private
from headway.entrypoints.cluster.programs import program
from headway.entrypoints.cluster.state import HOST, Cluster, Member

MEMORY = "128mb"
CONNECT_SECONDS = 2.0


def redis_url(cluster: Cluster) -> str:
    """Redis as instances reach it."""
    (member,) = cluster.of("redis")
    return f"redis://:{cluster.passwords.redis}@{HOST}:{member.port}/0"


class Redis:
    """The Redis of a cluster."""

    def __init__(self, cluster: Cluster, member: Member) -> None:
        self._cluster = cluster
        self._member = member
        self._file = cluster.home(member) / "redis.conf"

    def prepare(self) -> None:
        values = {"bind": HOST, "port": self._member.port, "password": self._cluster.passwords.redis, "memory": MEMORY}
        write_private(self._file, filled("redis.conf", values))

    def command(self) -> Sequence[str]:
        return (program("redis-server"), str(self._file), "--dir", str(self._file.parent))

    def environment(self) -> dict[str, str]:
        return dict(os.environ)

    def is_ready(self) -> bool:
        try:
            with socket.create_connection((HOST, self._member.port), CONNECT_SECONDS) as connection:
                connection.sendall(f"AUTH {self._cluster.passwords.redis}\r\nPING\r\n".encode())
                answers = connection.makefile("rb")
                return answers.readline() == b"+OK\r\n" and answers.readline() == b"+PONG\r\n"
        except OSError:
            return False
