"""What a command of the operator is."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from headway.platform.progress import Progress
from headway.settings import Settings

if TYPE_CHECKING:  # a command that the running server carries out need not load the product
    from headway.entrypoints.monolith import Monolith


@dataclass(frozen=True, slots=True)
class Operation:
    """The installation that a command works on."""

    monolith: "Monolith"
    settings: Settings
    report: Progress
    go_on_with: Callable[[str], None] | None = None
    """Starts the running server anew on another database; None when no server runs."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command: the Struct of its arguments, and what it does."""

    arguments: type[msgspec.Struct]
    # Any: each command takes its own Struct and gives its own answer.
    run: Callable[[Operation, Any], Awaitable[object]]
