"""A throwaway Redis, without anything on disk."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tests.support.serving import free_port

START_SECONDS = 60


class RedisServer:
    """One `redis-server` on a port of its own; it may be killed and started again on the same one."""

    def __init__(self) -> None:
        assert shutil.which("redis-server"), "redis-server is missing: apt-get install redis-server"
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Run it; returns once it answers."""
        self._process = subprocess.Popen(
            ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        ping = ["redis-cli", "-h", "127.0.0.1", "-p", str(self.port), "ping"]
        until = time.monotonic() + START_SECONDS
        while subprocess.run(ping, capture_output=True, check=False).stdout.strip() != b"PONG":
            assert time.monotonic() < until, "redis-server does not answer"
            assert self._process.poll() is None, "redis-server has ended"

    def kill(self) -> None:
        """As a crash does; nothing of it is left."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


@contextmanager
def running_redis() -> Iterator[RedisServer]:
    """One that runs until the end of the block."""
    server = RedisServer()
    server.start()
    try:
        yield server
    finally:
        server.kill()
