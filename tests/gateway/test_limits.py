"""The moving window: never one request more in any span of its length."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.gateway.limits import Limiter
from headway.gateway.options import RateLimit
from headway.platform.moving_window import MovingWindow
from headway.platform.problems import TooMany
from tests.support.clock import NOON, StillClock


class Stopwatch:
    """Seconds that a test moves."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@given(st.lists(st.floats(0, 3), max_size=60))
async def test_no_span_of_the_windows_length_ever_holds_more_than_the_limit(pauses: list[float]) -> None:
    watch = Stopwatch()
    window = MovingWindow(5, 10, watch)
    allowed: list[float] = []
    for pause in pauses:
        watch.seconds += pause
        before = [at for at in allowed if at > watch.seconds - 10]
        count = await window.hit("ada")
        assert count.allowed == (len(before) < 5)
        if count.allowed:
            allowed.append(watch.seconds)
            before.append(watch.seconds)
        assert count.remaining == 5 - len(before)
        assert count.reset == pytest.approx(before[0] + 10 - watch.seconds)


async def test_people_are_counted_apart_and_forgotten_when_they_stay_away() -> None:
    watch = Stopwatch()
    window = MovingWindow(1, 10, watch)
    for person in random.Random(7).sample(range(1000), 1000):
        assert (await window.hit(str(person))).allowed
    watch.seconds = 11
    await window.hit("ada")
    assert window.known == 1


async def test_a_refusal_says_when_to_come_back() -> None:
    watch = Stopwatch()
    limiter = Limiter(
        "people", RateLimit(1, 10), StillClock(NOON), lambda _name, limit, span: MovingWindow(limit, span, watch)
    )
    assert dict(await limiter.count("ada")) == {
        b"ratelimit-policy": b'"people";q=1;w=10',
        b"ratelimit": b'"people";r=0;t=10',
        b"x-ratelimit-limit": b"1",
        b"x-ratelimit-remaining": b"0",
        b"x-ratelimit-reset": b"%d" % (NOON.timestamp() + 10),
    }
    watch.seconds = 7.5
    with pytest.raises(TooMany) as refused:
        await limiter.count("ada")
    assert refused.value.headers["Retry-After"] == "3"
    watch.seconds = 10
    assert dict(await limiter.count("ada"))[b"x-ratelimit-remaining"] == b"0"
