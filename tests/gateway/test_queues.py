"""One person's slow questions wait for one another, and nobody else's for them."""

import asyncio
import contextlib

import pytest

from headway.gateway.exchange import Exchange
from headway.gateway.queues import AT_ONCE, WAITING, Queues
from headway.platform.actor import Actor
from headway.platform.problems import TooMany
from tests.gateway.conftest import ADA, BEN

pytestmark = pytest.mark.anyio


def asked_by(person: str) -> Exchange:
    return Exchange("request", "GET", False, "/api/v1/search", b"", "203.0.113.9", {}, actor=Actor(person))


class Slow:
    """Questions of Ada's that are answered when they are let."""

    def __init__(self, queues: Queues) -> None:
        self.answering = 0
        self.let = asyncio.Event()
        self._queues = queues

    async def ask(self) -> None:
        async with self._queues.turn(asked_by(ADA)):
            self.answering += 1
            await self.let.wait()


async def test_slow_questions_of_one_person_are_answered_two_at_a_time_and_few_wait() -> None:
    queues = Queues()
    slow = Slow(queues)
    asking = [asyncio.create_task(slow.ask()) for _ in range(AT_ONCE + WAITING)]
    await asyncio.sleep(0)

    assert slow.answering == AT_ONCE
    with pytest.raises(TooMany) as refused:
        await slow.ask()
    assert refused.value.headers["Retry-After"]
    async with queues.turn(asked_by(BEN)):
        pass  # at once

    slow.let.set()
    await asyncio.gather(*asking)
    assert slow.answering == AT_ONCE + WAITING
    await slow.ask()


async def test_who_gives_up_waiting_leaves_the_queue() -> None:
    queues = Queues()
    slow = Slow(queues)
    asking = [asyncio.create_task(slow.ask()) for _ in range(AT_ONCE + WAITING)]
    await asyncio.sleep(0)
    for each in asking:
        each.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await each

    slow.let.set()
    before = slow.answering
    await slow.ask()
    assert slow.answering == before + 1
