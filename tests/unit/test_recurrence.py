import json
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import TypedDict

import pytest
from dateutil.rrule import rrulestr
from hypothesis import assume, given
from hypothesis import strategies as st

from headway.modules.tasks.domain.due import instant
from headway.modules.tasks.domain.errors import BadValue
from headway.modules.tasks.domain.recurrence import (
    AfterCompletion,
    NextDue,
    RuleRecurrence,
    as_json,
    check_start,
    next_due,
    parse_rule,
    preview,
    read_recurrence,
    sentence,
)

BERLIN = "Europe/Berlin"


class RuleCase(TypedDict, total=False):
    rule: str
    canonical: str
    error: str


class SeriesCase(TypedDict):
    recurrence: dict[str, object]
    start: str
    n: int
    days: list[str]


class Next(TypedDict):
    due_date: str
    due_time: str | None
    occurrence: int


class NextCase(TypedDict):
    what: str
    recurrence: dict[str, object]
    due_date: str | None
    due_time: str | None
    zone: str
    completed_at: str
    occurrence: int
    next: Next | None


class SentenceCase(TypedDict):
    recurrence: dict[str, object]
    en: str
    de: str


class Cases(TypedDict):
    rules: list[RuleCase]
    series: list[SeriesCase]
    next: list[NextCase]
    sentences: list[SentenceCase]


CASES: Cases = json.loads((Path(__file__).parents[1] / "cases" / "recurrence.json").read_text())


@pytest.mark.parametrize("case", CASES["rules"], ids=lambda case: case["rule"][:50])
def test_rules_are_read_or_refused(case: RuleCase) -> None:
    value = {"rule": case["rule"], "zone": BERLIN}
    if "canonical" in case:
        assert read_recurrence(value) == RuleRecurrence(case["canonical"], BERLIN)
    else:
        with pytest.raises(BadValue) as caught:
            read_recurrence(value)
        assert (caught.value.field, caught.value.code) == ("recurrence.rule", case["error"])
        assert caught.value.message.endswith(".")


@pytest.mark.parametrize("case", CASES["series"], ids=lambda case: f"{case['recurrence']} {case['start']}")
def test_the_days_of_a_series(case: SeriesCase) -> None:
    days = preview(read_recurrence(case["recurrence"]), date.fromisoformat(case["start"]), case["n"])
    assert [str(day) for day in days] == case["days"]


@pytest.mark.parametrize("case", CASES["next"], ids=lambda case: case["what"])
def test_the_successor_of_a_completed_task(case: NextCase) -> None:
    found = next_due(
        read_recurrence(case["recurrence"]),
        date.fromisoformat(case["due_date"]) if case["due_date"] else None,
        time.fromisoformat(case["due_time"]) if case["due_time"] else None,
        case["zone"],
        datetime.fromisoformat(case["completed_at"]),
        case["occurrence"],
    )
    expected = case["next"]
    if expected is None:
        assert found is None
    else:
        at = time.fromisoformat(expected["due_time"]) if expected["due_time"] else None
        assert found == NextDue(date.fromisoformat(expected["due_date"]), at, expected["occurrence"])


@pytest.mark.parametrize("case", CASES["sentences"], ids=lambda case: case["en"][:50])
def test_a_recurrence_in_words(case: SentenceCase) -> None:
    recurrence = read_recurrence(case["recurrence"])
    assert sentence(recurrence, "en") == case["en"]
    assert sentence(recurrence, "de") == case["de"]
    assert sentence(recurrence, "de-AT") == case["de"]
    assert sentence(recurrence, "tlh") == case["en"]


@pytest.mark.parametrize(
    ("value", "field"),
    [
        ({}, "recurrence"),
        ({"rule": "FREQ=DAILY"}, "recurrence"),
        ({"rule": 7, "zone": BERLIN}, "recurrence"),
        ({"rule": "FREQ=DAILY", "zone": BERLIN, "after_completion_days": 1}, "recurrence"),
        ({"rule": "FREQ=DAILY", "zone": "Mars/Olympus"}, "recurrence.zone"),
        ({"after_completion_days": True}, "recurrence"),
        ({"after_completion_days": "1"}, "recurrence"),
        ({"after_completion_days": 0}, "recurrence.after_completion_days"),
        ({"after_completion_days": 3_651}, "recurrence.after_completion_days"),
    ],
)
def test_another_shape_is_refused(value: dict[str, object], field: str) -> None:
    with pytest.raises(BadValue) as caught:
        read_recurrence(value)
    assert caught.value.field == field


@pytest.mark.parametrize("value", [{"rule": "FREQ=WEEKLY;BYDAY=MO", "zone": BERLIN}, {"after_completion_days": 3}])
def test_a_recurrence_survives_json(value: dict[str, object]) -> None:
    assert as_json(read_recurrence(value)) == value


@pytest.mark.parametrize(
    ("rule", "accepted"),
    [
        ("FREQ=DAILY;INTERVAL=7;BYDAY=MO", False),
        ("FREQ=DAILY;INTERVAL=7;BYDAY=TU", True),
        ("FREQ=DAILY;UNTIL=20261123", False),
        ("FREQ=DAILY;UNTIL=20261124", True),
        ("FREQ=YEARLY;INTERVAL=2;BYMONTH=2;BYMONTHDAY=29", True),
        ("FREQ=YEARLY;INTERVAL=900;BYMONTH=2", False),
    ],
)
def test_a_rule_must_have_a_day_from_the_due_date_on(rule: str, accepted: bool) -> None:
    recurrence = RuleRecurrence(rule, BERLIN)
    if accepted:
        check_start(recurrence, date(2026, 11, 24))
    else:
        with pytest.raises(BadValue, match="no occurrence"):
            check_start(recurrence, date(2026, 11, 24))


def test_a_night_without_half_past_two_shifts_one_occurrence_only() -> None:
    days = [date(2026, 3, 28), *preview(RuleRecurrence("FREQ=DAILY", BERLIN), date(2026, 3, 28), 2)]
    moments = [f"{instant(day, time(2, 30), BERLIN):%d %H:%M}" for day in days]
    assert moments == ["28 01:30", "29 01:30", "30 00:30"]  # 02:30, 03:30 for want of 02:30, and 02:30 again


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30,31",
        "FREQ=DAILY;BYMONTHDAY=-31;BYMONTH=2,4;BYDAY=MO",
        "FREQ=WEEKLY;BYDAY=MO;BYSETPOS=-366",
        "FREQ=MONTHLY;BYDAY=MO;BYMONTHDAY=1;BYSETPOS=2",
        "FREQ=YEARLY;BYMONTH=1,2,3;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=366",
    ],
)
def test_a_rule_that_never_occurs_is_found_out(rule: str) -> None:
    with pytest.raises(BadValue) as caught:
        read_recurrence({"rule": rule, "zone": BERLIN})
    assert caught.value.code == "never"


def test_numbered_and_plain_weekdays_are_all_meant() -> None:
    rule = RuleRecurrence("FREQ=MONTHLY;BYDAY=TU,1MO", BERLIN)
    days = preview(rule, date(2026, 12, 1), 5)
    assert [day.day for day in days] == [7, 8, 15, 22, 29]  # dateutil takes what both name: nothing


@pytest.mark.parametrize("head", ["FREQ=DAILY", "FREQ=MONTHLY", "FREQ=YEARLY", "FREQ=YEARLY;INTERVAL=2"])
def test_a_rare_day_is_found_however_the_rule_counts(head: str) -> None:
    rule = read_recurrence({"rule": f"{head};BYMONTH=2;BYMONTHDAY=29;BYDAY=SA", "zone": BERLIN})
    assert preview(rule, date(2048, 2, 29), 2) == [date(2076, 2, 29), date(2116, 2, 29)]


def test_a_preview_is_never_longer_than_a_hundred_days() -> None:
    assert len(preview(AfterCompletion(1), date(2026, 11, 23), 10**9)) == 100
    assert len(preview(RuleRecurrence("FREQ=DAILY", BERLIN), date(2026, 11, 23), 10**9)) == 100
    assert preview(AfterCompletion(1), date(2026, 11, 23), -1) == []


def some(values: st.SearchStrategy[int] | st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(values, min_size=1, max_size=4, unique=True).map(lambda chosen: ",".join(map(str, chosen)))


MONTH_DAYS = st.integers(-31, 31).filter(bool)
WEEKDAYS = st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"])
NUMBERED = st.builds("{}{}".format, st.sampled_from(["1", "2", "5", "-1", "-2"]), WEEKDAYS)


@st.composite
def rules(draw: st.DrawFn) -> str:
    frequency = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    parts = {"FREQ": frequency, "INTERVAL": str(draw(st.integers(1, 5)))}
    if draw(st.booleans()):
        parts["BYMONTH"] = draw(some(st.integers(1, 12)))
    if frequency != "WEEKLY" and draw(st.booleans()):
        parts["BYMONTHDAY"] = draw(some(MONTH_DAYS))
    if draw(st.booleans()):
        parts["BYDAY"] = draw(some(WEEKDAYS) | some(NUMBERED) if frequency in {"MONTHLY", "YEARLY"} else some(WEEKDAYS))
    if frequency in {"MONTHLY", "YEARLY"} and len(parts) > 2 and draw(st.booleans()):
        parts["BYSETPOS"] = draw(some(st.sampled_from([1, 2, 3, -1, -2])))
    parts["WKST"] = draw(WEEKDAYS)
    return ";".join(f"{name}={value}" for name, value in parts.items())


@given(rules(), st.dates(date(1990, 1, 1), date(2060, 12, 31)))
def test_the_days_agree_with_dateutil(rule: str, start: date) -> None:
    try:
        parse_rule(rule)
    except BadValue:
        assume(False)
    days = preview(RuleRecurrence(rule, BERLIN), start, 12)
    anchor = datetime.combine(start, time())
    reference = (moment.date() for moment in rrulestr(rule, dtstart=anchor) if moment > anchor)
    assert days == list(islice(reference, len(days)))


@given(rules(), st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(-30, 1_000))
def test_the_successor_is_after_the_due_date_and_not_before_completion(rule: str, due: date, late: int) -> None:
    try:
        recurrence = read_recurrence({"rule": rule, "zone": "UTC"})
    except BadValue:
        return
    done = due + timedelta(days=late)
    found = next_due(recurrence, due, None, "UTC", datetime.fromisoformat(f"{done}T12:00Z"))
    if found is not None:
        assert found.due_date > due
        assert found.due_date >= done
        in_time = [day for day in preview(recurrence, due, 100) if day >= done]
        assert in_time[:1] in ([], [found.due_date])


@given(rules())
def test_the_canonical_spelling_means_the_same_rule(rule: str) -> None:
    try:
        parsed = parse_rule(rule)
    except BadValue:
        return
    assert parse_rule(str(parsed)) == parsed
    assert sentence(RuleRecurrence(rule, BERLIN), "de")


@given(st.text(max_size=80) | st.lists(st.text("FREQ=DAILYBMO;,-0129 TUZ", max_size=12), max_size=6).map(";".join))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        rule = parse_rule(text)
    except BadValue as error:
        refused = error
    else:
        assert parse_rule(str(rule)) == rule
        return
    assert refused.field == "recurrence.rule"
    assert refused.message.isascii()
