"""What a load test found, in figures."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from headway.entrypoints.loadtest.live import Watching
from headway.entrypoints.loadtest.mix import SHARES
from headway.entrypoints.loadtest.open_loop import Load, OpenLoop, Sample


class Times(msgspec.Struct, frozen=True):
    """How long requests took: percentiles of those that were answered, in milliseconds."""

    count: int
    failed: int
    p50: float
    p95: float
    p99: float
    worst: float


class Second(msgspec.Struct, frozen=True):
    """One second of the test."""

    second: int
    times: Times


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """All figures. Those of `all` and `sorts` leave the ramp out; `over_time` has it."""

    url: str
    people: int
    streams: int
    rate: float
    ramp: float
    seconds: float
    all: Times
    sorts: dict[str, Times]
    errors: dict[str, int]
    arrivals: Times
    """How long a change took to somebody else's live stream; `failed` never came."""
    streams_broken: int
    driver_late_ms: float
    """How late this program itself was, at worst."""
    over_time: list[Second]


def times(seconds: Iterable[float], failed: int = 0) -> Times:
    """Percentiles, by nearest rank; 0 where there is nothing."""
    ordered = sorted(seconds)

    def at(share: float) -> float:
        if not ordered:
            return 0.0
        return round(1000 * ordered[min(int(share * len(ordered)), len(ordered) - 1)], 2)

    return Times(len(ordered) + failed, failed, at(0.5), at(0.95), at(0.99), at(1.0))


def times_of(samples: Sequence[Sample]) -> Times:
    """Those of requests."""
    well = [each.seconds for each in samples if not each.failed]
    return times(well, len(samples) - len(well))


def found(url: str, people: int, load: Load, loop: OpenLoop, watching: Watching) -> Result:
    """The figures of a load test that has ended."""
    steady = [each for each in loop.samples if each.due >= load.ramp]
    by_second: dict[int, list[Sample]] = defaultdict(list)
    for sample in loop.samples:
        by_second[int(sample.due)].append(sample)
    return Result(
        url=url,
        people=people,
        streams=len(watching.watchers),
        rate=load.rate,
        ramp=load.ramp,
        seconds=load.seconds,
        all=times_of(steady),
        sorts={sort: times_of([each for each in steady if each.sort == sort]) for sort in SHARES},
        errors=dict(Counter(each.failed for each in loop.samples if each.failed).most_common()),
        arrivals=times(watching.seconds, len(watching.waiting)),
        streams_broken=len(watching.broken),
        driver_late_ms=round(1000 * loop.late, 1),
        over_time=[Second(second, times_of(several)) for second, several in sorted(by_second.items())],
    )
