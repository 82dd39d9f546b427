"""Long work away from the event loop, which tells its progress there and ends when it is no longer wanted."""

import asyncio
import threading
from collections.abc import Callable
from typing import TypeVar

from headway.platform.progress import Progress

T = TypeVar("T")


class Unwanted(Exception):
    """Whoever asked for the work has gone."""


async def in_thread(work: Callable[[Progress], T], report: Progress) -> T:
    """Run `work` in a thread. When this is cancelled, the work ends at its next word of progress."""
    loop = asyncio.get_running_loop()
    unwanted = threading.Event()

    def tell(label: str, done: int, total: int) -> None:
        if unwanted.is_set():
            raise Unwanted
        loop.call_soon_threadsafe(report, label, done, total)

    try:
        return await asyncio.to_thread(work, tell)
    except asyncio.CancelledError:
        unwanted.set()
        raise
