"""Errors as exit codes and sentences."""

from typing import Final

from headway.entrypoints.operation.socket import Refused
from headway.platform.failure import Failure, NothingFound
from headway.platform.problems import NotFound, Problem
from headway.settings import SettingsError

FAILED: Final = 1
USAGE: Final = 2
NOT_FOUND: Final = 3


def exit_code(error: Exception) -> int | None:
    """The exit code of a failure that an operator can understand; None for a fault of the program."""
    if isinstance(error, SettingsError):
        return USAGE
    if isinstance(error, NothingFound | NotFound) or (isinstance(error, Refused) and error.refusal.status == 404):
        return NOT_FOUND
    return FAILED if isinstance(error, Failure | Problem | Refused | OSError) else None


def sentence(error: Exception) -> str:
    """What went wrong, in one line."""
    return " ".join(str(error).split())
