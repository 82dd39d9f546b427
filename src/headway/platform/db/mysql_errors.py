"""What errors of MariaDB and MySQL mean here: a key that is taken, a transaction to run again, storage that is away.

Numbers: https://mariadb.com/kb/en/mariadb-error-code-reference/ and
https://dev.mysql.com/doc/mysql-errors/8.0/en/server-error-reference.html.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import structlog
from asyncmy import errors

from headway.platform.db.port import DuplicateKey
from headway.platform.problems import Problem, Unavailable

_DUPLICATE: Final = frozenset({1062, 1586})
_CONFLICT: Final = frozenset({1020, 1180, 1205, 1213, 1047})
"""Read since changed, commit refused, lock waited for too long, deadlock, cluster not ready."""
_FULL: Final = frozenset({3, 1021, 1026, 1114})
_SLOW: Final = frozenset({1969, 3024})
_READ_ONLY: Final = frozenset({1290, 1836})
_LOST: Final = frozenset({1053, 1927, 2002, 2003, 2006, 2013, 2055})
"""Server shutting down, connection killed, cannot connect, gone, lost."""

_log = structlog.get_logger(__name__)


class WriteConflict(Exception):
    """Another transaction was in the way; this one has done nothing and can be run again."""


class ServerLost(Exception):
    """The server went away, and with it the transaction. `in_doubt`: it went while it was asked to commit.

    No refusal of what was asked for, which would be told to the person: it is done again on another connection, and
    only who gives up tells the `problem`.
    """

    in_doubt = False

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


class Demoted(ServerLost):
    """The server has become a replica; nothing was done."""


@contextmanager
def translated() -> Iterator[None]:
    """Raise what the port promises in place of what the driver raises."""
    try:
        yield
    except errors.MySQLError as error:
        raise _meaning(error) from error
    except (OSError, EOFError) as error:
        raise away(error) from error


def _meaning(error: errors.MySQLError) -> Exception:
    number = error.args[0] if error.args else None
    if number in _DUPLICATE:
        return DuplicateKey(str(error))
    if number in _CONFLICT:
        return WriteConflict(str(error))
    if isinstance(error, errors.ProgrammingError | errors.DataError | errors.IntegrityError):
        return error  # a fault of this program, which the person who asked can do nothing about
    return away(error)


@contextmanager
def given_up() -> Iterator[None]:
    """Tell of a lost server as the port promises."""
    try:
        yield
    except ServerLost as lost:
        raise lost.problem from lost


def away(error: Exception) -> Problem | ServerLost:
    """What is raised for a server that does not do its work."""
    number = error.args[0] if isinstance(error, errors.MySQLError) and error.args else None
    _log.error("database_failed", error=repr(error))
    if number in _FULL:
        return _unavailable("storage_full", "The database's disk is full; nothing was saved.")
    if number in _SLOW:
        return _unavailable("storage_slow", "The database took too long; nothing was saved.")
    if number in _READ_ONLY:
        return Demoted(_unavailable("storage_unavailable", "The database takes no writes just now."))
    problem = unreachable()
    return ServerLost(problem) if number is None or number in _LOST else problem


def unreachable() -> Problem:
    """No server answers."""
    return _unavailable("storage_unavailable", "The database cannot be reached just now.")


def busy() -> Problem:
    """All connections are in use, or others were in the way again and again."""
    return _unavailable("storage_busy", "The database is busy; nothing was saved. Try again in a moment.")


def _unavailable(code: str, detail: str) -> Problem:
    return Unavailable(code, detail, headers={"Retry-After": "2"})
