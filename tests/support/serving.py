"""Starts the real program as an operator would, and waits until it says that it is ready."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx

READY_WITHIN = 60.0  # seconds; far more than it takes, so that a busy machine fails no test


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running(
    command: Sequence[str | Path], ready: str, folder: Path, settings: Mapping[str, str], says: str = ""
) -> Iterator[None]:
    """Runs a server in `folder` until the block ends; its output goes to `folder/log`.

    `ready` is a URL that answers with less than 400 once the server can be used; `says` what it then tells.
    """
    log = folder / "log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=folder, env={**os.environ, **settings}, stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )
        try:
            wait(process, ready, log, says)
            yield
        finally:
            end(process)


def end(process: subprocess.Popen[bytes]) -> None:
    """Stop a server; one that does not heed it is killed, and fails the test."""
    process.terminate()
    try:
        process.wait(timeout=READY_WITHIN)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        raise


@contextmanager
def serving(program: Path, folder: Path, port: int, settings: Mapping[str, str]) -> Iterator[str]:
    """Runs `headway serve` with its data below `folder`; gives its address on loopback."""
    folder.mkdir(parents=True, exist_ok=True)
    address = f"http://127.0.0.1:{port}"
    own = {"HEADWAY_DATA_DIR": str(folder / "data"), "HEADWAY_PORT": str(port)}
    with running([program, "serve"], f"{address}/readyz", folder, {**own, **settings}):
        yield address


def wait(process: subprocess.Popen[bytes], ready: str, log: Path, says: str) -> None:
    """Until it answers and has said so; AssertionError with its log when it ends or takes too long."""
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline:
        try:
            if httpx.get(ready, timeout=5, trust_env=False).status_code < 400 and says in log.read_text("utf-8"):
                return
        except httpx.TransportError:
            pass
        try:
            process.wait(timeout=0.05)
        except subprocess.TimeoutExpired:
            continue
        raise AssertionError(f"ended with {process.returncode}:\n{log.read_text()}")
    raise AssertionError(f"not ready within {READY_WITHIN:.0f} s:\n{log.read_text()}")
