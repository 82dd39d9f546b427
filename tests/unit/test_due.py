import json
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path

import pytest

from headway.modules.tasks.domain.due import Due, check_zone, due, instant, local_day
from headway.modules.tasks.domain.errors import BadValue

BERLIN = "Europe/Berlin"


@pytest.mark.parametrize(
    ("day", "at", "zone", "expected"),
    [
        ("2026-01-15", "09:00", BERLIN, "2026-01-15T08:00Z"),
        ("2026-07-15", "09:00", BERLIN, "2026-07-15T07:00Z"),
        ("2026-03-29", "02:30", BERLIN, "2026-03-29T01:30Z"),  # skipped: shown as 03:30
        ("2026-10-25", "02:30", BERLIN, "2026-10-25T00:30Z"),  # twice: the first
        ("2026-03-08", "02:30", "America/New_York", "2026-03-08T07:30Z"),
        ("2026-11-01", "01:30", "America/New_York", "2026-11-01T05:30Z"),
        ("2026-10-04", "02:15", "Australia/Lord_Howe", "2026-10-03T15:45Z"),  # a gap of half an hour
    ],
)
def test_wall_time_becomes_an_instant(day: str, at: str, zone: str, expected: str) -> None:
    assert instant(date.fromisoformat(day), time.fromisoformat(at), zone) == datetime.fromisoformat(expected)


def test_the_browser_finds_the_same_instants() -> None:
    """The cases that the web client's function answers too, in web/tests/recurrence.test.ts."""
    cases = json.loads((Path(__file__).parents[1] / "cases" / "instants.json").read_text())["instants"]
    for case in cases:
        found = instant(date.fromisoformat(case["day"]), time.fromisoformat(case["time"]), case["zone"])
        assert found == datetime.fromisoformat(case["instant"])


@pytest.mark.parametrize(
    ("name", "known"),
    [
        (BERLIN, True),
        ("UTC", True),
        ("Asia/Calcutta", True),
        ("europe/berlin", False),
        ("Europe/Berlin ", False),
        ("Factory", False),
        ("../../etc/passwd", False),
        ("", False),
        ("+02:00", False),
        ("Europe/Berlin\0", False),
        ("x" * 10_000, False),
    ],
)
def test_only_iana_names_are_zones(name: str, known: bool) -> None:
    if known:
        assert check_zone(name, "due_zone") == name
    else:
        assert refusal(lambda: check_zone(name, "due_zone")) == ("due_zone", "unknown_zone")


def test_a_due_is_a_day_or_a_time_with_a_zone() -> None:
    day, at = date(2026, 11, 23), time(9, 30)
    assert due(None, None, None) is None
    assert due(day, None, None) == Due(day)
    assert due(day, at, BERLIN) == Due(day, at, BERLIN)


@pytest.mark.parametrize(
    ("day", "at", "zone", "refused"),
    [
        (None, time(9), BERLIN, ("due_date", "required")),
        (None, None, BERLIN, ("due_date", "required")),
        (date(2026, 1, 1), time(9), None, ("due_zone", "required")),
        (date(2026, 1, 1), None, BERLIN, ("due_time", "required")),
        (date(2026, 1, 1), time(9), "Mars/Olympus", ("due_zone", "unknown_zone")),
        (date(2026, 1, 1), time(9, tzinfo=UTC), BERLIN, ("due_time", "bad_time")),
        (date(2026, 1, 1), time(9, 0, 0, 1), BERLIN, ("due_time", "bad_time")),
        (date(1969, 12, 31), None, None, ("due_date", "out_of_range")),
        (date(2201, 1, 1), None, None, ("due_date", "out_of_range")),
    ],
)
def test_a_wrong_due_names_its_field(
    day: date | None, at: time | None, zone: str | None, refused: tuple[str, str]
) -> None:
    assert refusal(lambda: due(day, at, zone)) == refused


def test_a_moment_in_another_offset_is_the_same_moment() -> None:
    tokyo = datetime(2026, 11, 24, 1, tzinfo=timezone(timedelta(hours=9)))
    assert local_day(tokyo, BERLIN) == date(2026, 11, 23)


def refusal(act: Callable[[], object]) -> tuple[str, str]:
    with pytest.raises(BadValue) as caught:
        act()
    return caught.value.field, caught.value.code
