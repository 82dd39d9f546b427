from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.modules.tasks.domain.due import (
    Due,
    check_zone,
    day_start,
    due,
    instant,
    local_day,
    next_midnight,
    overdue_at,
    parse_day,
    parse_time,
    today,
    week,
)
from headway.modules.tasks.domain.errors import BadValue

BERLIN = "Europe/Berlin"
ZONES = [BERLIN, "America/New_York", "Asia/Kolkata", "Pacific/Apia", "Australia/Lord_Howe", "America/Havana", "UTC"]


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


@pytest.mark.parametrize(
    ("day", "zone", "expected"),
    [
        ("2026-03-29", BERLIN, "2026-03-28T23:00Z"),
        ("2023-04-28", "Africa/Cairo", "2023-04-27T22:00Z"),  # midnight is skipped: the day starts at 01:00
        ("2026-11-01", "America/Havana", "2026-11-01T04:00Z"),  # midnight comes twice: the day starts at the first
        ("2011-12-31", "Pacific/Apia", "2011-12-30T10:00Z"),  # the day before did not exist there
    ],
)
def test_a_day_starts_at_its_first_moment(day: str, zone: str, expected: str) -> None:
    assert day_start(date.fromisoformat(day), zone) == datetime.fromisoformat(expected)


def test_a_due_date_is_overdue_from_the_readers_next_midnight() -> None:
    task = Due(date(2026, 11, 23))
    assert overdue_at(task, BERLIN) == datetime(2026, 11, 23, 23, tzinfo=UTC)
    assert overdue_at(task, "America/New_York") == datetime(2026, 11, 24, 5, tzinfo=UTC)


def test_a_due_time_is_overdue_at_one_moment_for_everybody() -> None:
    task = Due(date(2026, 11, 23), time(9), BERLIN)
    assert overdue_at(task, BERLIN) == overdue_at(task, "Asia/Tokyo") == datetime(2026, 11, 23, 8, tzinfo=UTC)


def test_today_is_25_hours_long_when_clocks_go_back() -> None:
    start, end = today(datetime(2026, 10, 25, 12, tzinfo=UTC), BERLIN)
    assert end - start == timedelta(hours=25)


@given(st.integers(0, 7_000_000_000), st.sampled_from(ZONES))
def test_now_lies_within_today_and_midnight_is_ahead(seconds: int, zone: str) -> None:
    now = datetime.fromtimestamp(seconds, UTC)
    start, end = today(now, zone)
    assert start <= now < end == next_midnight(now, zone)
    assert local_day(start, zone) == local_day(now, zone)
    assert local_day(end, zone) > local_day(now, zone)


@pytest.mark.parametrize(
    ("first_day", "start"), [(1, "2026-11-23"), (7, "2026-11-22"), (6, "2026-11-21"), (2, "2026-11-17")]
)
def test_this_week_starts_on_the_readers_first_day(first_day: int, start: str) -> None:
    first = date.fromisoformat(start)
    assert week(date(2026, 11, 23), first_day) == (first, first + timedelta(days=7))


@given(st.dates(), st.integers(1, 7))
def test_a_week_holds_its_day_and_starts_on_the_first(day: date, first_day: int) -> None:
    if date(1, 1, 8) <= day <= date(9999, 12, 20):
        start, end = week(day, first_day)
        assert start <= day < end
        assert start.isoweekday() == first_day


@pytest.mark.parametrize("first_day", [0, 8])
def test_there_is_no_other_first_day(first_day: int) -> None:
    with pytest.raises(ValueError, match="ISO weekday"):
        week(date(2026, 11, 23), first_day)


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


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-30",
        "20261123",
        "2026-W48-1",
        "2026-11-23T09:00",
        "26-11-23",
        "",
        "\uff12\uff10\uff12\uff16-11-23",
        "1969-12-31",
    ],
)
def test_days_are_read_strictly(text: str) -> None:
    assert parse_day("2026-11-23", "due_date") == date(2026, 11, 23)
    field, _ = refusal(lambda: parse_day(text, "due_date"))
    assert field == "due_date"


@pytest.mark.parametrize("text", ["9:30", "24:00", "09:60", "09:30Z", "09:30+01:00", "0930", "09:30:00.5", "", "noon"])
def test_times_are_read_strictly(text: str) -> None:
    assert parse_time("09:30", "due_time") == parse_time("09:30:00", "due_time") == time(9, 30)
    assert refusal(lambda: parse_time(text, "due_time")) == ("due_time", "bad_time")


def test_a_moment_in_another_offset_is_the_same_moment() -> None:
    tokyo = datetime(2026, 11, 24, 1, tzinfo=timezone(timedelta(hours=9)))
    assert local_day(tokyo, BERLIN) == date(2026, 11, 23)


def refusal(act: Callable[[], object]) -> tuple[str, str]:
    with pytest.raises(BadValue) as caught:
        act()
    return caught.value.field, caught.value.code
