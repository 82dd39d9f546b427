"""What runs beside requests: the operator hears when it ends too soon, and a stop does not wait for ever."""

import asyncio

import pytest
from structlog.testing import capture_logs

from headway.platform import background

pytestmark = pytest.mark.anyio

PATIENCE = 30.0  # seconds until a stop that hangs fails the test


async def test_the_operator_hears_of_a_task_that_ends_by_itself() -> None:
    async def fail() -> None:
        raise LookupError("nothing there")

    with capture_logs() as lines:
        task = background.start(fail, "clock")
        await asyncio.wait((task,), timeout=PATIENCE)
        await asyncio.sleep(0)

    assert [(line["event"], line["task"], line["log_level"]) for line in lines] == [
        ("background_ended", "clock", "critical")
    ]


async def test_a_stop_is_no_news() -> None:
    with capture_logs() as lines:
        task = background.start(_for_ever, "clock")
        await background.end([task])

    assert task.cancelled()
    assert lines == []


async def test_a_task_that_loses_a_cancellation_is_asked_again() -> None:
    begun, lost = asyncio.Event(), 0

    async def lose_one() -> None:
        nonlocal lost
        begun.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            lost += 1
        await asyncio.Event().wait()

    task = background.start(lose_one, "deaf")
    await begun.wait()
    async with asyncio.timeout(PATIENCE):
        await background.end([task], patience=0.01)

    assert lost == 1
    assert task.cancelled()


async def test_a_task_that_never_ends_is_named_and_left_behind() -> None:
    begun, enough = asyncio.Event(), asyncio.Event()

    async def refuse() -> None:
        begun.set()
        while not enough.is_set():
            try:
                await enough.wait()
            except asyncio.CancelledError:
                continue

    task = background.start(refuse, "stubborn")
    await begun.wait()
    with capture_logs() as lines:
        async with asyncio.timeout(PATIENCE):
            await background.end([task], patience=0.01)
    assert [(line["event"], line["task"]) for line in lines] == [("background_does_not_end", "stubborn")]
    enough.set()
    await task


async def _for_ever() -> None:
    await asyncio.Event().wait()
