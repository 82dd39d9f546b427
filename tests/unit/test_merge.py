import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.modules.tasks.domain.merge import Merged, merge

BASE = "one\ntwo\nthree\nfour\nfive"
texts = st.lists(st.sampled_from(["", "a", "b", "c", "d", "- [ ] e"]), max_size=9).map("\n".join)


@pytest.mark.parametrize(
    ("mine", "theirs", "text"),
    [
        ("ONE\ntwo\nthree\nfour\nfive", "one\ntwo\nthree\nfour\nFIVE", "ONE\ntwo\nthree\nfour\nFIVE"),
        ("one\nTWO\nthree\nfour\nfive", "one\ntwo\nTHREE\nfour\nfive", "one\nTWO\nTHREE\nfour\nfive"),
        ("zero\n" + BASE, BASE + "\nsix", "zero\n" + BASE + "\nsix"),
        ("one\nthree\nfour\nfive", "one\ntwo\nthree\nfour!\nfive", "one\nthree\nfour!\nfive"),
        ("one\nTWO\nthree\nfour\nfive", "one\nTWO\nthree\nfour", "one\nTWO\nthree\nfour"),
        ("one\ntwo\nnew\nthree\nfour\nfive", "ONE\ntwo\nthree\nfour\nfive", "ONE\ntwo\nnew\nthree\nfour\nfive"),
        (BASE + "\n", "ONE\ntwo\nthree\nfour\nfive", "ONE\ntwo\nthree\nfour\nfive\n"),
        ("", BASE, ""),
        ("ONE\nTWO\nthree\nfour\nfive", "one\nTWO\nTHREE\nfour\nfive", "ONE\nTWO\nTHREE\nfour\nfive"),
    ],
)
def test_changes_in_different_places_are_both_made(mine: str, theirs: str, text: str) -> None:
    assert merge(BASE, mine, theirs) == Merged(text, conflict=False)
    assert merge(BASE, theirs, mine) == Merged(text, conflict=False)


@pytest.mark.parametrize(
    ("mine", "theirs", "text"),
    [
        ("one\nmine\nthree\nfour\nfive", "one\ntheirs\nthree\nfour\nfive", "one\nmine\nthree\nfour\nfive"),
        (BASE + "\nmine", BASE + "\ntheirs", BASE + "\nmine"),
        (BASE + "\nboth\nmine", BASE + "\nboth\ntheirs", BASE + "\nboth\nmine"),
        ("one\nthree\nfour\nfive", "one\nTWO\nthree\nfour\nfive", "one\nthree\nfour\nfive"),
        ("", BASE + "\nsix", ""),
        ("one\nx\nfive", "one\ntwo\nTHREE\nfour\nfive", "one\nx\nfive"),
    ],
)
def test_of_different_changes_in_one_place_the_later_stands(mine: str, theirs: str, text: str) -> None:
    assert merge(BASE, mine, theirs) == Merged(text, conflict=True)


@given(texts, texts)
def test_one_side_alone_is_taken(base: str, changed: str) -> None:
    expected = Merged(changed, conflict=False)
    assert merge(base, changed, base) == expected
    assert merge(base, base, changed) == expected
    assert merge(base, changed, changed) == expected


@given(texts, texts, texts)
def test_no_line_of_the_later_edit_is_lost_and_none_of_the_earlier_without_saying_so(
    base: str, mine: str, theirs: str
) -> None:
    merged = merge(base, mine, theirs)
    kept, before = set(merged.text.split("\n")), set(base.split("\n"))
    assert kept <= set(mine.split("\n")) | set(theirs.split("\n")) | before
    assert set(mine.split("\n")) - before <= kept
    assert merged.conflict or set(theirs.split("\n")) - before <= kept


@given(texts, texts, texts)
def test_without_conflict_the_sides_can_be_swapped(base: str, mine: str, theirs: str) -> None:
    one, other = merge(base, mine, theirs), merge(base, theirs, mine)
    assert one.conflict == other.conflict
    if not one.conflict:
        assert one == other


@pytest.mark.parametrize(
    "line",
    ["", "x", "{}", "{}\nx", "{}\n", "- [ ] \n{}\n---"],
    ids=["empty", "equal", "distinct", "every second equal", "every second empty", "lists"],
)
def test_a_hundred_kilobytes_of_hostile_lines_are_merged(line: str) -> None:
    def document(name: str) -> str:
        text = "\n".join(line.format(f"{name}{number}") for number in range(50_000))[:99_000]
        return f"{name}\n{text}\n{name}"

    base, mine, theirs = document("b"), document("m"), document("t")
    merged = merge(base, mine, theirs)
    assert merged.text.startswith("m\n")
    assert merged.text.endswith("m")
    assert merged.conflict


def test_of_a_stretch_that_is_too_long_to_compare_the_later_version_stands() -> None:
    base = "\n".join(f"line {number}" for number in range(1_000))
    mine = base.replace("line 0\n", "mine 0\n").replace("line 999", "mine 999")
    theirs = base.replace("line 500\n", "theirs 500\nand more\n")
    assert merge(base, mine, theirs) == Merged(mine, conflict=True)


def test_a_long_document_edited_at_both_ends_merges_in_its_middle_too() -> None:
    base = "\n\n".join(f"paragraph {number}" for number in range(4_000))
    mine = base.replace("paragraph 7\n", "paragraph seven\n")
    theirs = base.replace("paragraph 3990\n", "another\n")
    assert merge(base, mine, theirs) == Merged(mine.replace("paragraph 3990\n", "another\n"), conflict=False)
