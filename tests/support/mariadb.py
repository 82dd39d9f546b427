"""A throwaway MariaDB of this process, for tests that are run with `--database mariadb`.

It keeps its data in memory where the system has a folder for that, and ends with the process.
"""

import atexit
import contextlib
import itertools
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pymysql

from headway.entrypoints.cluster.mariadb import as_root, install
from headway.entrypoints.cluster.programs import program
from tests.support.serving import free_port

VARIABLE = "TEST_DATABASE"  # how a pytest of several processes tells them all
START_SECONDS = 60

KEPT = 40

_numbers = itertools.count(1)
_made: dict[Path, str] = {}


def wanted() -> bool:
    """Whether tests are to use MariaDB."""
    return os.environ.get(VARIABLE) == "mariadb"


def database_of(folder: Path) -> str:
    """The URL of the database that belongs to a data folder, made when it is asked for first.

    Only the newest are kept: a test may come back to its data, but no test to another's.
    """
    port = server()
    if folder not in _made:
        _made[folder] = f"t{next(_numbers)}"
        with _root(port) as cursor:
            cursor.execute(f"CREATE DATABASE {_made[folder]}")
            while len(_made) > KEPT:
                cursor.execute(f"DROP DATABASE {_made.pop(next(iter(_made)))}")
    return f"mysql://root@127.0.0.1:{port}/{_made[folder]}"


def copy(source: Path, target: Path) -> None:
    """Fill the database of one folder with what is in that of another."""
    database_of(target)
    held, new = _made.pop(source), _made[target]
    _made[source] = held  # is not thrown away while others are made from it
    with _root(server()) as cursor:
        cursor.execute(f"SHOW TABLES FROM {held}")
        for (table,) in cursor.fetchall():
            cursor.execute(f"CREATE TABLE {new}.{table} LIKE {held}.{table}")
            cursor.execute(f"INSERT INTO {new}.{table} SELECT * FROM {held}.{table}")  # noqa: S608 - names of ours


@cache
def server() -> int:
    """The port of this process's server; starts it when asked first."""
    return start()


def start() -> int:
    """Start one more server, which ends with this process too; its port."""
    memory = Path("/dev/shm")  # noqa: S108 - throwaway data of a test, in a folder of its own
    folder = Path(tempfile.mkdtemp(prefix="headway-mariadb-", dir=memory if memory.is_dir() else None))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    data, port = folder / "data", free_port()
    install(data, "--auth-root-authentication-method=normal", "--innodb-log-file-size=8M")
    process = subprocess.Popen(
        [
            program("mariadbd"),
            *("--no-defaults", *as_root(), "--basedir=/usr", f"--datadir={data}", f"--socket={folder}/s"),
            *("--bind-address=127.0.0.1", f"--port={port}", "--skip-name-resolve", f"--log-error={folder}/log"),
            *("--innodb-buffer-pool-size=64M", "--innodb-log-file-size=8M", "--innodb-doublewrite=0"),
            *("--innodb-flush-log-at-trx-commit=2", "--performance-schema=OFF", "--skip-log-bin"),
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    atexit.register(_end, process)
    reach = ("mariadb-admin", "--no-defaults", "--user=root", f"--socket={folder}/s", "ping")
    _run(*reach, f"--wait={START_SECONDS}", "--silent")
    return port


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.kill()
    process.wait()


@contextlib.contextmanager
def _root(port: int) -> Iterator[pymysql.cursors.Cursor]:
    connection = pymysql.connect(host="127.0.0.1", port=port, user="root", autocommit=True)
    try:
        with connection.cursor() as cursor:
            yield cursor
    finally:
        connection.close()
