"""Work that runs beside requests as long as the process lives: it never ends unheard, and never holds up the end."""

import asyncio
from collections.abc import Callable, Collection, Coroutine
from typing import Any, Final

import structlog

PATIENCE_SECONDS: Final = 5.0
ATTEMPTS: Final = 3

_log = structlog.get_logger(__name__)


def start(run: Callable[[], Coroutine[Any, Any, None]], name: str) -> "asyncio.Task[None]":
    """Run until `end`; the operator is told when it ends before. Any: a coroutine's own business with its loop."""
    task = asyncio.create_task(run(), name=name)
    task.add_done_callback(_tell_unless_cancelled)
    return task


async def end(tasks: Collection["asyncio.Task[None]"], patience: float = PATIENCE_SECONDS) -> None:
    """Cancel, and wait until all have ended.

    A task may lose a cancellation, so it is asked three times, each after `patience` seconds; then it is named in the
    log and left behind, for a stop that hangs is worse.
    """
    left = set(tasks)
    for _ in range(ATTEMPTS):
        for task in left:
            task.cancel()
        if left:
            _, left = await asyncio.wait(left, timeout=patience)
    for task in left:
        _log.error("background_does_not_end", task=task.get_name())


def _tell_unless_cancelled(task: "asyncio.Task[None]") -> None:
    if not task.cancelled():
        _log.critical("background_ended", task=task.get_name(), exc_info=task.exception())
