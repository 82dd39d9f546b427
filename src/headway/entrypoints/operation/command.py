"""What a command of the operator is."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import msgspec

from headway.entrypoints.monolith import Monolith
from headway.entrypoints.operation.socket import Report
from headway.settings import Settings


@dataclass(frozen=True, slots=True)
class Operation:
    """The installation that a command works on."""

    monolith: Monolith
    settings: Settings
    report: Report


@dataclass(frozen=True, slots=True)
class Command:
    """A command: the Struct of its arguments, and what it does."""

    arguments: type[msgspec.Struct]
    # Any: each command takes its own Struct and gives its own answer.
    run: Callable[[Operation, Any], Awaitable[object]]
