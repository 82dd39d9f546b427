"""One client that listens: what waits to be sent to it, and never more than a little."""

import asyncio
from collections import deque
from typing import Final

from headway.gateway.live.frames import RESYNC
from headway.gateway.visibility import Sight
from headway.platform.actor import Actor

QUEUE_BYTES: Final = 256 * 1024
QUEUE_FRAMES: Final = 256


class Connection:
    """A queue with one reader. Frames are shared between connections, so a queue holds little of its own."""

    __slots__ = ("_bytes", "_ended", "_frames", "_waiting", "actor", "sight")

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self.sight: Sight = {}
        self._frames: deque[bytes] = deque()
        self._bytes = 0
        self._ended = False
        self._waiting: asyncio.Future[None] | None = None

    def push(self, frame: bytes) -> None:
        """Queue a frame. A client that is too slow for all of them is told to call /sync instead."""
        if self._frames and self._frames[-1] is RESYNC:
            return
        if self._bytes + len(frame) > QUEUE_BYTES or len(self._frames) >= QUEUE_FRAMES:
            self._frames.clear()
            self._bytes = 0
            frame = RESYNC
        self._frames.append(frame)
        self._bytes += len(frame)
        self._wake()

    def end(self) -> None:
        """Let the client go, once what is queued has been sent."""
        self._ended = True
        self._wake()

    async def next(self) -> bytes:
        """What is to be sent next, waiting for it; empty at the end."""
        while not self._frames:
            if self._ended:
                return b""
            self._waiting = asyncio.get_running_loop().create_future()
            await self._waiting
        taken = b"".join(self._frames)
        self._frames.clear()
        self._bytes = 0
        return taken

    def _wake(self) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)
