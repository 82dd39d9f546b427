"""Errors as exit codes and sentences."""

from typing import Final

from headway.platform.problems import Problem
from headway.settings import SettingsError

FAILED: Final = 1
USAGE: Final = 2
NOT_FOUND: Final = 3

_EXPECTED: Final = frozenset(
    {
        "InUse",
        "BadKey",
        "HalfRestored",
        "PortTaken",
        "NewerDatabase",
        "BadBackup",
        "DamagedDatabase",
        "NothingThere",
        "Failed",
    }
)
"""Names of errors whose message is meant for the operator; by name, so that no command loads what it does not use."""


class Failed(Exception):
    """A command could not do what was asked; the message says why."""


def exit_code(error: Exception) -> int | None:
    """The exit code of a failure that an operator can understand; None for a fault of the program."""
    if isinstance(error, SettingsError):
        return USAGE
    refusal = getattr(error, "refusal", error)  # what a running server answered
    status = getattr(refusal, "status", None)
    if isinstance(error, Problem) or refusal is not error:
        return NOT_FOUND if status == 404 else FAILED
    if type(error).__name__ == "Missing":
        return NOT_FOUND
    if type(error).__name__ in _EXPECTED or isinstance(error, OSError):
        return FAILED
    return None


def sentence(error: Exception) -> str:
    """What went wrong, in one line."""
    return " ".join(str(error).split())
