"""MariaDB servers that replicate one another by GTID, as their administrator sees them.

https://mariadb.com/kb/en/gtid/ and https://mariadb.com/kb/en/semisynchronous-replication/.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

import pymysql

from headway.platform.db.address import Endpoint
from headway.platform.failure import Failure

CONNECT_SECONDS: Final = 2
CATCH_UP_SECONDS: Final = 30
PAUSE_SECONDS: Final = 0.02

_CHANGE_PRIMARY: Final = (
    "CHANGE MASTER TO master_host = %s, master_port = %s, master_user = %s, master_password = %s, "
    "master_use_gtid = slave_pos, master_connect_retry = 1, master_heartbeat_period = 1"
)


class ReplicationFailed(Failure):
    """A server could not take the part that it was to take."""


@dataclass(frozen=True, slots=True)
class Login:
    """A user of a server, with the password."""

    user: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Following:
    """How a replica gets on: whether both its threads run, seconds behind, positions received, the last error."""

    running: bool
    behind_seconds: int | None
    received: str
    error: str


@dataclass(frozen=True, slots=True)
class Node:
    """One server of a group. Methods raise ReplicationFailed when it is away or refuses."""

    endpoint: Endpoint
    admin: Login

    def answers(self) -> bool:
        """Whether it takes connections."""
        try:
            self._value("SELECT 1")
        except ReplicationFailed:
            return False
        return True

    def is_read_only(self) -> bool:
        """Whether users without special rights cannot write."""
        return bool(self._value("SELECT @@GLOBAL.read_only"))

    def position(self) -> str:
        """The GTIDs of all that is in its log of changes."""
        return str(self._value("SELECT @@GLOBAL.gtid_binlog_pos"))

    def following(self) -> Following | None:
        """None when it follows nobody."""
        with self._cursor() as cursor:
            cursor.execute("SHOW SLAVE STATUS")
            row: Mapping[str, Any] | None = cursor.fetchone()  # Any: columns of all types
        if row is None:
            return None
        return Following(
            row["Slave_IO_Running"] == row["Slave_SQL_Running"] == "Yes",
            row["Seconds_Behind_Master"],
            row["Gtid_IO_Pos"],
            row["Last_IO_Error"] or row["Last_SQL_Error"],
        )

    def follow(self, primary: Endpoint, login: Login) -> None:
        """Take what the primary writes, from where this server's own log ends, and let nobody else write."""
        self._run(
            "STOP SLAVE",
            "SET GLOBAL read_only = 1",
            "SET GLOBAL rpl_semi_sync_master_enabled = 0",
        )
        if position := self.position():  # one that was primary itself has not followed itself
            self._run(("SET GLOBAL gtid_slave_pos = %s", [position]))
        self._run(
            (
                _CHANGE_PRIMARY,
                [primary.host, primary.port, login.user, login.password],
            ),
            "START SLAVE",
        )

    def finish_following(self) -> None:
        """Apply all that has been received, then follow nobody."""
        following = self.following()
        self._run("STOP SLAVE IO_THREAD")
        received = following.received if following else ""
        if received and self._value("SELECT MASTER_GTID_WAIT(%s, %s)", [received, CATCH_UP_SECONDS]) != 0:
            raise ReplicationFailed(f"{self.endpoint} has not applied what it received: {self.following()}")
        self._run("STOP SLAVE", "RESET SLAVE ALL")

    def lead(self, *, replicas: bool) -> None:
        """Take writes; with replicas each commit then waits until one of them has it."""
        self._run(f"SET GLOBAL rpl_semi_sync_master_enabled = {int(replicas)}", "SET GLOBAL read_only = 0")

    def end_writes(self) -> str:
        """Let commits under way finish, take no more, and say where the log ends."""
        self._run("SET GLOBAL read_only = 1", "SET GLOBAL rpl_semi_sync_master_enabled = 0")
        return self.position()

    def wait_for(self, position: str) -> None:
        """Until a position of the primary has been applied here."""
        if position and self._value("SELECT MASTER_GTID_WAIT(%s, %s)", [position, CATCH_UP_SECONDS]) != 0:
            raise ReplicationFailed(f"{self.endpoint} does not catch up: {self.following()}")

    def wait_until_following(self) -> None:
        """Until both threads run."""
        give_up = time.monotonic() + CATCH_UP_SECONDS
        while True:
            following = self.following()
            if following is not None and following.running:
                return
            if following is None or following.error or time.monotonic() > give_up:
                raise ReplicationFailed(f"{self.endpoint} does not follow: {following and following.error}")
            time.sleep(PAUSE_SECONDS)

    def disconnect(self, users: Sequence[str]) -> None:
        """End the connections of these users: they are to look for the primary anew."""
        for user in users:
            self._run(f"KILL USER '{user}'@'{self.endpoint.host}'")

    def _value(self, statement: str, parameters: Sequence[object] = ()) -> object:
        with self._cursor() as cursor:
            cursor.execute(statement, parameters)
            return next(iter((cursor.fetchone() or {"": None}).values()))

    def _run(self, *statements: str | tuple[str, list[object]]) -> None:
        with self._cursor() as cursor:
            for each in statements:
                cursor.execute(*((each,) if isinstance(each, str) else each))

    @contextmanager
    def _cursor(self) -> Iterator["pymysql.cursors.DictCursor"]:
        try:
            connection = pymysql.connect(
                host=self.endpoint.host,
                port=self.endpoint.port,
                user=self.admin.user,
                password=self.admin.password,
                autocommit=True,
                connect_timeout=CONNECT_SECONDS,
                read_timeout=2 * CATCH_UP_SECONDS,
                cursorclass=pymysql.cursors.DictCursor,
            )
            with closing(connection), connection.cursor() as cursor:
                yield cursor
        except (pymysql.MySQLError, OSError) as error:
            raise ReplicationFailed(f"{self.endpoint}: {error}") from error
