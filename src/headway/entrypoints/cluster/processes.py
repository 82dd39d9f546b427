"""Processes that outlive the command which starts them, known by files with their ids."""

import contextlib
import os
import resource
import signal
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

from headway.platform.failure import Failure

PAUSE_SECONDS: Final = 0.02
_ENDED: Final = frozenset({"Z", "X"})


class NotReady(Failure):
    """A process ended, or could not be used in time."""


class _Running(msgspec.Struct, frozen=True):
    """A process, and when it was started: another one may get its id later."""

    pid: int
    since: int


@dataclass(frozen=True, slots=True)
class Process:
    """A server process: the file that knows its id, and the one that takes what it writes."""

    name: str
    pid_file: Path
    log: Path

    @property
    def pid(self) -> int | None:
        """Its id while it runs."""
        try:
            known = msgspec.json.decode(self.pid_file.read_bytes(), type=_Running)
        except (OSError, msgspec.DecodeError):
            return None
        with contextlib.suppress(ChildProcessError):  # a child of this very process would stay a zombie
            os.waitpid(known.pid, os.WNOHANG)
        return known.pid if _started(known.pid) == known.since else None

    def start(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        """Run it in a session of its own."""
        _lift_limit_of_files()
        log = os.open(self.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            files = [(os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0)]
            files += [(os.POSIX_SPAWN_DUP2, log, descriptor) for descriptor in (1, 2)]  # type: ignore[misc]  # of both kinds
            pid = os.posix_spawn(command[0], list(command), environment, file_actions=files, setsid=True)
        finally:
            os.close(log)
        self.pid_file.write_bytes(msgspec.json.encode(_Running(pid, _started(pid) or 0)))

    def wait_until(self, ready: Callable[[], bool], seconds: float) -> None:
        """NotReady, with the end of its log, when it ends before it is ready or takes longer."""
        give_up = time.monotonic() + seconds
        while not ready():
            if self.pid is None:
                raise NotReady(f"{self.name} has ended: {self._last_lines()} (all of it in {self.log})")
            if time.monotonic() > give_up:
                raise NotReady(f"{self.name} is not ready after {seconds:.0f} s: see {self.log}")
            time.sleep(PAUSE_SECONDS)

    def send(self, number: signal.Signals) -> bool:
        """Send a signal; whether the process was there."""
        pid = self.pid
        if pid is None:
            return False
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)
        return True

    def stop(self, number: signal.Signals, seconds: float) -> bool:
        """Ask it to end, and kill it when it does not within its time; whether it had to be killed."""
        self.send(number)
        if self._has_ended(seconds):
            return False
        self.kill()
        return True

    def kill(self) -> bool:
        """End it at once, with the processes that it has started itself; whether it was there."""
        pid = self.pid
        if pid is None:
            return False
        with contextlib.suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)  # it leads the group of its session
        while not self._has_ended(1):
            pass
        return True

    def _has_ended(self, seconds: float) -> bool:
        give_up = time.monotonic() + seconds
        while self.pid is not None:
            if time.monotonic() > give_up:
                return False
            time.sleep(PAUSE_SECONDS)
        self.pid_file.unlink(missing_ok=True)
        return True

    def _last_lines(self) -> str:
        return " | ".join(self.log.read_text("utf-8", "replace").splitlines()[-3:])


def _started(pid: int) -> int | None:
    """When a process was started, in ticks since the machine was; None when it has ended (proc(5), field 22)."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] in _ENDED else int(fields[19])


def _lift_limit_of_files() -> None:
    """Servers of many connections inherit the limit, and the usual one is for programs that people type."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
