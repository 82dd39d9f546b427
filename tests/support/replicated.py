"""A throwaway MariaDB primary with one replica, which can be held up and killed."""

import contextlib
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pymysql

from headway.entrypoints.cluster.mariadb import install
from headway.platform.db.address import Endpoint
from headway.platform.db.replication import Login, Node
from tests.support.serving import free_port

START_SECONDS = 60
CATCH_UP_SECONDS = 120
ADMIN = Login("root", "")
REPLICATOR = Login("replicator", "throwaway")
USERS = f"""FLUSH PRIVILEGES;
CREATE DATABASE headway CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE USER app@'127.0.0.1' IDENTIFIED BY 'throwaway';
GRANT ALL ON headway.* TO app@'127.0.0.1';
CREATE USER reader@'127.0.0.1' IDENTIFIED BY 'throwaway';
GRANT SELECT ON headway.* TO reader@'127.0.0.1';
CREATE USER {REPLICATOR.user}@'127.0.0.1' IDENTIFIED BY '{REPLICATOR.password}';
GRANT REPLICATION SLAVE ON *.* TO {REPLICATOR.user}@'127.0.0.1';
"""


@dataclass
class Server:
    """One `mariadbd` on a port of its own; it may be killed and started again."""

    folder: Path
    number: int
    port: int = field(default_factory=free_port)
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def node(self) -> Node:
        return Node(Endpoint("127.0.0.1", self.port), ADMIN)

    def start(self) -> None:
        """Run it; returns once it answers."""
        command = ["mariadbd", "--no-defaults", "--user=root", "--basedir=/usr", f"--datadir={self.folder}/data"]
        command += [f"--socket={self.folder}/s", "--bind-address=127.0.0.1", f"--port={self.port}"]
        command += ["--skip-name-resolve", f"--log-error={self.folder}/log", "--innodb-buffer-pool-size=48M"]
        command += ["--innodb-log-file-size=8M", "--innodb-flush-log-at-trx-commit=2", "--performance-schema=OFF"]
        command += [f"--server-id={self.number}", "--log-bin=binlog", "--binlog-format=ROW", "--log-slave-updates=1"]
        command += ["--gtid-strict-mode=1", "--sync-binlog=0", "--skip-slave-start=0"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        ping = ["mariadb-admin", "--no-defaults", "--user=root", f"--socket={self.folder}/s", "ping", "--silent"]
        subprocess.run([*ping, f"--wait={START_SECONDS}"], check=True, capture_output=True)

    def kill(self) -> None:
        """As a crash does."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def run(self, statement: str, user: str = ADMIN.user, password: str = ADMIN.password) -> object:
        """The first value that the administrator, or somebody else, is answered, if any."""
        connection = pymysql.connect(host="127.0.0.1", port=self.port, user=user, password=password, autocommit=True)
        with contextlib.closing(connection), connection.cursor() as cursor:
            cursor.execute(statement)
            row = cursor.fetchone()
        return row[0] if row else None


@dataclass
class Replicated:
    """Both servers."""

    primary: Server
    replica: Server

    @property
    def url(self) -> str:
        return f"mysql://app:throwaway@127.0.0.1:{self.primary.port}/headway"

    @property
    def replica_url(self) -> str:
        return f"mysql://reader:throwaway@127.0.0.1:{self.replica.port}/headway"

    def hold_up(self) -> None:
        """From now on the replica takes what the primary writes, and applies none of it."""
        self.replica.run("STOP SLAVE SQL_THREAD")

    def go_on(self) -> None:
        """Let the replica apply what it has taken; returns once it has all that has been written by now."""
        self.replica.run("START SLAVE SQL_THREAD")
        self.catch_up()

    def catch_up(self) -> None:
        """Until the replica has all that has been written by now."""
        position = self.primary.node.position()
        assert self.replica.run(f"SELECT MASTER_GTID_WAIT('{position}', {CATCH_UP_SECONDS})") == 0


@contextlib.contextmanager
def replicated() -> Iterator[Replicated]:
    """A primary and a replica of it until the end of the block, in memory where the system has a folder for that."""
    memory = Path("/dev/shm")  # noqa: S108 - throwaway data of a test, in a folder of its own
    folder = Path(tempfile.mkdtemp(prefix="headway-replicated-", dir=memory if memory.is_dir() else None))
    pair = Replicated(Server(folder / "one", 1), Server(folder / "two", 2))
    (folder / "users.sql").write_text(USERS)
    options = ("--auth-root-authentication-method=normal", "--innodb-log-file-size=8M")
    try:
        install(folder / "template", *options, users=folder / "users.sql")
        for server in (pair.primary, pair.replica):
            shutil.copytree(folder / "template", server.folder / "data")
            server.start()
        pair.replica.node.follow(pair.primary.node.endpoint, REPLICATOR)
        pair.replica.node.wait_until_following()
        yield pair
    finally:
        for server in (pair.primary, pair.replica):
            server.kill()
        shutil.rmtree(folder, ignore_errors=True)
