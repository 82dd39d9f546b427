import json
from collections.abc import Iterator
from pathlib import Path
from typing import TypedDict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.modules.tasks.domain.limits import POSITION_LENGTH
from headway.modules.tasks.domain.position import DIGITS, PositionExhausted, between, is_position, spread


class Between(TypedDict, total=False):
    a: str | None
    b: str | None
    key: str
    error: str


class Spread(TypedDict):
    a: str | None
    b: str | None
    n: int
    keys: list[str]


class Shape(TypedDict):
    text: str
    valid: bool


class Cases(TypedDict):
    between: list[Between]
    spread: list[Spread]
    is_position: list[Shape]


CASES: Cases = json.loads((Path(__file__).parents[1] / "cases" / "position.json").read_text())

wild_positions = st.text(DIGITS, min_size=2, max_size=12).filter(is_position)


@st.composite
def positions(draw: st.DrawFn) -> str:
    head = draw(st.sampled_from("CDYZabwx"))
    length = ord(head) - ord("a") + 1 if head >= "a" else ord("Z") - ord(head) + 1
    digits = draw(st.text("01yzV", min_size=length, max_size=length)) + draw(st.text("01Vz", max_size=4))
    key = head + digits
    return key if is_position(key) else "a0"


@pytest.mark.parametrize("case", CASES["between"], ids=lambda case: f"{case['a']}~{case['b']}")
def test_between_gives_the_recorded_answers(case: Between) -> None:
    if "key" in case:
        assert between(case["a"], case["b"]) == case["key"]
    else:
        refusal = {"exhausted": PositionExhausted, "invalid": ValueError}[case["error"]]
        with pytest.raises(refusal):
            between(case["a"], case["b"])


@pytest.mark.parametrize("case", CASES["spread"])
def test_spread_gives_the_recorded_answers(case: Spread) -> None:
    assert spread(case["a"], case["b"], case["n"]) == case["keys"]


@pytest.mark.parametrize("case", CASES["is_position"])
def test_what_counts_as_a_position(case: Shape) -> None:
    assert is_position(case["text"]) is case["valid"]


@given(positions() | wild_positions, positions() | wild_positions)
def test_between_lies_between(one: str, other: str) -> None:
    a, b = sorted((one, other))
    if a != b:
        key = between(a, b)
        assert a < key < b
        assert is_position(key)


@given(positions() | wild_positions)
def test_there_is_room_at_both_ends(key: str) -> None:
    before, after = between(None, key), between(key, None)
    assert before < key < after
    assert between(None, before) < before
    assert between(after, None) > after


@given(st.lists(st.integers(0, 1_000), min_size=1, max_size=60))
def test_any_sequence_of_insertions_keeps_order(places: list[int]) -> None:
    keys: list[str] = []
    for place in places:
        at = place % (len(keys) + 1)
        keys.insert(at, between(keys[at - 1] if at else None, keys[at] if at < len(keys) else None))
    assert keys == sorted(set(keys))


@given(st.none() | positions(), st.none() | positions(), st.integers(0, 40))
def test_spread_gives_distinct_positions_in_order(a: str | None, b: str | None, n: int) -> None:
    if a is not None and b is not None:
        if a == b:
            return
        a, b = min(a, b), max(a, b)
    keys = spread(a, b, n)
    assert len(keys) == n
    whole = [*([a] if a else []), *keys, *([b] if b else [])]
    assert whole == sorted(set(whole))
    assert all(between(None, key) < key < between(key, None) for key in keys)


@pytest.mark.parametrize("key", ["x" + "z" * 24 + "z" * 175, "C" + "0" * 24, "C" + "0" * 24 + "0" * 174 + "1"])
def test_no_accepted_position_uses_up_the_ends(key: str) -> None:
    assert is_position(key)
    before, after = spread(None, key, 1_000), spread(key, None, 1_000)
    assert [*before, key, *after] == sorted({*before, key, *after})
    assert max(map(len, before + after)) <= 27


def test_adding_ten_thousand_at_either_end_keeps_keys_short() -> None:
    last = first = between(None, None)
    for _ in range(10_000):
        last, first = between(last, None), between(None, first)
    assert len(last) <= 5
    assert len(first) <= 5


def test_inserting_at_one_place_ends_with_exhaustion_and_never_with_a_long_key() -> None:
    longest = max(len(key) for key in halvings("a0", "a1"))
    assert longest == POSITION_LENGTH
    assert sum(1 for _ in halvings("a0", "a1")) > 900


def halvings(low: str, high: str) -> Iterator[str]:
    while True:
        try:
            high = between(low, high)
        except PositionExhausted:
            return
        yield high


def test_the_lowest_and_highest_integers_still_have_room_outside() -> None:
    lowest = "A" + "0" * 25 + "1"
    highest = "z" * 27
    before = between(None, lowest)
    assert between(None, before) < before < lowest
    assert between(highest, None) > highest
