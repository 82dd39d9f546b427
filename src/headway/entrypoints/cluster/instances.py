"""The product's own processes: instances that serve, workers that work."""

import json
import os
import sys
from collections.abc import Mapping, Sequence

from headway.entrypoints.cluster.filling import write_private
from headway.entrypoints.cluster.mariadb import database_url, replica_urls
from headway.entrypoints.cluster.nginx import answers
from headway.entrypoints.cluster.redis import redis_url
from headway.entrypoints.cluster.state import HOST, Cluster, Member
from headway.settings import CONFIG, DEFAULTS, PREFIX


class Instance:
    """`headway serve` with settings of its own."""

    def __init__(self, cluster: Cluster, member: Member) -> None:
        self._cluster = cluster
        self._member = member
        self._home = cluster.home(member)

    def prepare(self) -> None:
        lines = [f"{name} = {json.dumps(value)}" for name, value in self._settings().items()]
        write_private(self._home / "headway.toml", "\n".join(lines) + "\n")

    def command(self) -> Sequence[str]:
        return (sys.executable, "-m", "headway", "serve" if self._member.kind == "instance" else "worker")

    def environment(self) -> dict[str, str]:
        """Settings stand in the file: what the environment has of this product is for the command that runs now."""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
        return {**inherited, CONFIG: str(self._home / "headway.toml")}

    def is_ready(self) -> bool:
        return answers(self._member.port, "/readyz", below=400)

    def _settings(self) -> Mapping[str, str]:
        """What was given to `up`, and what makes this the member of its cluster that it is."""
        own = {
            "data_dir": str(self._home / "data"),
            "shared_dir": str(self._cluster.shared),
            "host": HOST,
            "port" if self._member.kind == "instance" else "worker_port": str(self._member.port),
            "background": "off" if self._cluster.of("worker") else "on",
            "public_url": self._cluster.public_url,
            "trusted_proxies": HOST,
            "mail_outbox": str(self._cluster.shared / "outbox"),
            "database_url": database_url(self._cluster),
            "database_replica_urls": ",".join(replica_urls(self._cluster)),
            "redis_url": redis_url(self._cluster),
        }
        return {**self._cluster.state.settings, **{name: value for name, value in own.items() if name in DEFAULTS}}
