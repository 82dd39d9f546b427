"""One load test, from signing in to the figures."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from headway.entrypoints.loadtest.connection import Target
from headway.entrypoints.loadtest.live import Watching
from headway.entrypoints.loadtest.mix import Mix
from headway.entrypoints.loadtest.open_loop import Load, OpenLoop, due_times
from headway.entrypoints.loadtest.people import Desk, Person, everybody, sign_everybody_in
from headway.entrypoints.loadtest.results import Result, found
from headway.platform.clock import Clock
from headway.platform.failure import Failure
from headway.platform.progress import Progress

ARRIVAL_SECONDS: Final = 2.0
"""How long changes may be on their way after the last request."""
SIGNING_IN: Final = timedelta(hours=1)
"""How long tokens are good beyond the test."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is wanted: either tokens, or an address and the password that everybody has."""

    url: str
    tokens: Sequence[str]
    email: str
    password: str
    people: int
    connections: int
    load: Load
    allowed: bool


async def load_test(wanted: Wanted, clock: Clock, report: Progress) -> Result:
    """Put the load on, and measure. Failure when it cannot begin."""
    target = Target.of(wanted.url)
    people = await _people(wanted, target, clock, report)
    watching = Watching(target, [people[number % len(people)] for number in range(wanted.load.streams)])
    mix = Mix(target, people, watching.made)
    loop = OpenLoop(target, wanted.connections)
    await watching.begin()
    if watching.broken:
        await watching.end()
        raise Failure(
            f"{len(watching.broken)} of {wanted.load.streams} live streams did not begin: {watching.broken[0]}"
        )
    whole = round(wanted.load.seconds)
    try:
        times = due_times(wanted.load)
        await loop.run(mix.next, times, lambda gone: report("at work", round(gone), whole))
        await asyncio.sleep(ARRIVAL_SECONDS)
    finally:
        await watching.end()
        loop.close()
    return found(wanted.url, len(people), wanted.load, loop, watching)


async def _people(wanted: Wanted, target: Target, clock: Clock, report: Progress) -> list[Person]:
    desk = await Desk.at(target)
    try:
        expires = clock.now() + timedelta(seconds=wanted.load.seconds) + SIGNING_IN
        tokens = wanted.tokens or await sign_everybody_in(
            desk, wanted.email, wanted.password, wanted.people, expires, report
        )
        return await everybody(desk, tokens[: wanted.people], allowed=wanted.allowed, report=report)
    finally:
        desk.leave()
