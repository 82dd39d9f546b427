"""Quick add: the cases shared with the web client, and what holds for every line."""

from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.modules.tasks.domain.due import due
from headway.modules.tasks.domain.quickadd import Context, Named, parse_quick_add
from headway.modules.tasks.domain.recurrence import check_start, parse_rule, read_recurrence
from tests.support.quick_add import FIELDS, Case, answer_of, cases, context_of, pieces

CONTEXT = Context(
    "de-DE",
    date(2026, 11, 23),
    time(10),
    "Europe/Berlin",
    projects=[Named("home", "Home"), Named("house", "House renovation", "HR")],
    people=[Named("anna", "Anna Schmidt"), Named("ben", "Ben Okafor")],
    labels=[Named("bug", "bug")],
)
LOCALES = st.sampled_from(["de-DE", "en-GB", "en-US"])
LINES = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(pieces()), max_size=12).map(" ".join))
CASES = list(cases())


@pytest.mark.parametrize("case", [case for _, case in CASES], ids=[name for name, _ in CASES])
def test_a_line_is_understood_as_people_mean_it(case: Case) -> None:
    answer = answer_of(parse_quick_add(case["input"], context_of(case)))
    wanted = {name: case[name] for name in ("title", "tokens", *FIELDS) if name in case}
    assert _plain(answer) == wanted


def _plain(answer: dict[str, object]) -> dict[str, object]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in answer.items()}


@given(text=LINES, locale=LOCALES)
def test_tokens_lie_in_the_text_one_after_the_other(text: str, locale: str) -> None:
    line = parse_quick_add(text, replace(CONTEXT, locale=locale))
    at = 0
    for token in line.tokens:
        assert at <= token.start < token.end <= len(text)
        assert token.text == text[token.start : token.end]
        at = token.end


@given(text=LINES, locale=LOCALES)
def test_every_answer_is_one_that_a_task_can_have(text: str, locale: str) -> None:
    line = parse_quick_add(text, replace(CONTEXT, locale=locale))
    day = date.fromisoformat(line.due_date) if line.due_date else None
    due(day, time.fromisoformat(line.due_time) if line.due_time else None, line.due_zone)
    assert day is None or day >= CONTEXT.today
    assert line.start_date is None or line.due_date is None or line.start_date <= line.due_date
    if line.recurrence is not None:
        assert day is not None
        check_start(read_recurrence(line.recurrence), day)
        rule = line.recurrence.get("rule")
        assert rule is None or str(parse_rule(str(rule))) == rule


@given(text=LINES, locale=LOCALES)
def test_what_is_taken_back_stays_text(text: str, locale: str) -> None:
    context = replace(CONTEXT, locale=locale)
    for token in parse_quick_add(text, context).tokens:
        again = parse_quick_add(text, replace(context, as_text=[(token.start, token.end)]))
        assert not any(one.start < token.end and token.start < one.end for one in again.tokens)
        assert " ".join(token.text.split()) in again.title or token.text[0] in ',;:.!?"'


@pytest.mark.parametrize(
    "line",
    [
        "every day call mum tomorrow at 5pm from monday to friday ",
        '"a ',
        "#a @b +c !d ~e ",
        "„x ",
        " ",
        "mon, tue, wed, ",
        "on by due ",
        "#",
        "1.2.",
        "from monday ",
    ],
)
def test_a_hundred_kilobytes_are_read_in_one_go(line: str) -> None:
    text = line * (100_000 // len(line))
    assert len(parse_quick_add(text, CONTEXT).title) <= len(text)


def test_of_two_things_with_one_name_the_first_is_meant() -> None:
    context = replace(CONTEXT, projects=[Named("a", "Garden"), Named("b", "Garden")])
    assert parse_quick_add("Dig #garden", context).project_id == "a"


def test_names_in_two_unicode_forms_are_the_same() -> None:
    context = replace(CONTEXT, labels=[Named("k", "Ku\u0308che")])
    assert parse_quick_add("Fliesen +Küche", context).label_ids == ("k",)
