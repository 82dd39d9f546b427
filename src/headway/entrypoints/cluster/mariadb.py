"""MariaDB on loopback: a server's first files, its configuration and its process."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from headway.entrypoints.cluster.filling import filled, write_private
from headway.entrypoints.cluster.programs import program
from headway.entrypoints.cluster.state import DATABASE, HOST, Cluster, Member
from headway.platform.db.address import Endpoint
from headway.platform.db.replication import Login, Node
from headway.platform.failure import Failure

ADMIN: Final = "headway_admin"
APP: Final = "headway"
READER: Final = "headway_read"
REPLICATOR: Final = "headway_replication"

BUFFER_POOL: Final = "64M"
LOG_SIZE: Final = "32M"
MAX_CONNECTIONS: Final = 400

_USERS: Final = """FLUSH PRIVILEGES;
CREATE DATABASE {database} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE USER {admin}@'{host}' IDENTIFIED BY '{admin_password}';
GRANT ALL ON *.* TO {admin}@'{host}';
CREATE USER {app}@'{host}' IDENTIFIED BY '{app_password}';
GRANT ALL ON {database}.* TO {app}@'{host}';
CREATE USER {reader}@'{host}' IDENTIFIED BY '{read_password}';
GRANT SLAVE MONITOR ON *.* TO {reader}@'{host}';
GRANT SELECT ON {database}.* TO {reader}@'{host}';
CREATE USER {replicator}@'{host}' IDENTIFIED BY '{replication_password}';
GRANT REPLICATION SLAVE ON *.* TO {replicator}@'{host}';
"""


class CannotInstall(Failure):
    """The first files of a server could not be made."""


def install(data: Path, *options: str, users: Path | None = None) -> None:
    """Make the first files of a server. Its administrator is this user of the system, by the server's socket."""
    command = [program("mariadb-install-db"), "--no-defaults", *as_root(), f"--datadir={data}", "--basedir=/usr"]
    command += ["--skip-test-db", "--skip-name-resolve", *options]
    command += [f"--extra-file={users}"] if users else []
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - a program of the system
    if done.returncode != 0:
        shutil.rmtree(data, ignore_errors=True)
        raise CannotInstall(f"mariadb-install-db: {' '.join(done.stderr.split())}")


def as_root() -> Sequence[str]:
    """The server refuses to run as root unless it is told that this is meant."""
    return ("--user=root",) if os.geteuid() == 0 else ()


def group_configuration(number: int, buffer_pool: str, log_size: str) -> str:
    """What every server of a group has; `number` is its own."""
    values = {"server_id": number, "max_connections": MAX_CONNECTIONS, "buffer_pool": buffer_pool, "log_size": log_size}
    return filled("mariadb.cnf", values)


def endpoint_of(member: Member) -> Endpoint:
    """Where a database server listens."""
    return Endpoint(HOST, member.port)


def node_of(cluster: Cluster, member: Member) -> Node:
    """A database server, to be administered."""
    return Node(endpoint_of(member), Login(ADMIN, cluster.passwords.admin))


def replicator_of(cluster: Cluster) -> Login:
    """Whom replicas are to the primary."""
    return Login(REPLICATOR, cluster.passwords.replication)


def database_url(cluster: Cluster) -> str:
    """All database servers: instances use the one that takes writes."""
    servers = ",".join(str(endpoint_of(member)) for member in cluster.of("mariadb"))
    return f"mysql://{APP}:{cluster.passwords.app}@{servers}/{DATABASE}"


def replica_urls(cluster: Cluster) -> list[str]:
    """Each database server for reading: after a promotion another one of them is the primary."""
    user = f"{READER}:{cluster.passwords.read}"
    return [f"mysql://{user}@{endpoint_of(member)}/{DATABASE}" for member in cluster.of("mariadb")]


class MariaDb:
    """One database server of a cluster."""

    def __init__(self, cluster: Cluster, member: Member) -> None:
        self._cluster = cluster
        self._member = member
        self._home = cluster.home(member)

    def prepare(self) -> None:
        """All servers of a cluster begin as copies of the same files, with the same users."""
        data = self._home / "data"
        if not data.exists():
            shutil.copytree(self._first_files(), data)
        write_private(self._home / "my.cnf", self._configuration(data))
        write_private(self._home / "client.cnf", self._client())

    def command(self) -> Sequence[str]:
        leads = self._member.name == self._cluster.state.primary
        # A replica that crashed as a primary drops what no other has; a primary keeps it, for a replica may have it.
        role = "MASTER" if leads else "SLAVE"
        return (program("mariadbd"), f"--defaults-file={self._home / 'my.cnf'}", *as_root(), f"--init-rpl-role={role}")

    def environment(self) -> dict[str, str]:
        return dict(os.environ)

    def is_ready(self) -> bool:
        return node_of(self._cluster, self._member).answers()

    def forget(self) -> None:
        """Drop its data."""
        shutil.rmtree(self._home / "data", ignore_errors=True)

    def _first_files(self) -> Path:
        template = self._cluster.folder / "mariadb-template"
        if not template.exists():
            staged = template.with_suffix(".new")
            shutil.rmtree(staged, ignore_errors=True)
            users = self._cluster.folder / "users.sql"
            write_private(users, self._users())
            options = ("--auth-root-authentication-method=socket", f"--innodb-log-file-size={LOG_SIZE}")
            install(staged, *options, users=users)
            users.unlink()
            staged.rename(template)
        return template

    def _users(self) -> str:
        passwords = self._cluster.passwords
        return _USERS.format(
            database=DATABASE,
            host=HOST,
            admin=ADMIN,
            admin_password=passwords.admin,
            app=APP,
            app_password=passwords.app,
            reader=READER,
            read_password=passwords.read,
            replicator=REPLICATOR,
            replication_password=passwords.replication,
        )

    def _configuration(self, data: Path) -> str:
        number = [member.name for member in self._cluster.of("mariadb")].index(self._member.name) + 1
        common = group_configuration(number, BUFFER_POOL, LOG_SIZE)
        # The socket's path is relative to the data: the system allows few characters for a whole one.
        own = f"basedir = /usr\ndatadir = {data}\nsocket = mariadb.sock\npid_file = mariadb.pid\n"
        return f"{common}\n{own}bind_address = {HOST}\nport = {self._member.port}\nperformance_schema = OFF\n"

    def _client(self) -> str:
        login = f"user = {ADMIN}\npassword = {self._cluster.passwords.admin}\n"
        return f"[client]\nhost = {HOST}\nport = {self._member.port}\n{login}"
