"""Hashes of passwords."""

import asyncio
import threading

import pytest
from argon2 import PasswordHasher

from headway.modules.auth.service import hasher
from headway.modules.auth.service.hasher import Hasher

pytestmark = pytest.mark.anyio


async def test_nobody_takes_as_long_as_somebody_and_never_matches(monkeypatch: pytest.MonkeyPatch) -> None:
    verified: list[str] = []

    def verify(_self: PasswordHasher, kept: str, _password: str) -> bool:
        verified.append(kept)
        return True

    monkeypatch.setattr(PasswordHasher, "verify", verify)
    hashes = Hasher(1)
    assert await hashes.verify("$argon2id$somebody", "anything") is True
    assert await hashes.verify(None, "anything") is False
    parameters = [kept.rpartition("$")[0].rpartition("$")[0] for kept in verified]
    assert parameters[1] == "$argon2id$v=19$m=19456,t=2,p=1"
    assert not hashes.is_outdated(verified[1])


async def test_so_many_run_at_once_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    gate = Gate(2)
    monkeypatch.setattr(hasher, "_matches", gate.pass_through)
    hashes = Hasher(2)
    results = await asyncio.gather(*(hashes.verify("kept", "password") for _ in range(10)))
    assert results == [True] * 10
    assert gate.most == 2


class Gate:
    """Counts who is inside; each waits until as many are inside as ever should be."""

    def __init__(self, expected: int) -> None:
        self.most = 0
        self._inside = 0
        self._lock = threading.Lock()
        self._together = threading.Barrier(expected)

    def pass_through(self, _kept: str, _password: str) -> bool:
        with self._lock:
            self._inside += 1
            self.most = max(self.most, self._inside)
        self._together.wait(timeout=60)
        with self._lock:
            self._inside -= 1
        return True


async def test_what_is_no_hash_matches_nothing() -> None:
    assert await Hasher(1).verify("not a hash", "password") is False
    assert await Hasher(1).verify("", "") is False
