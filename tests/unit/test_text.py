import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.platform.text import BadText, check_address, clean_line, clean_text, email_key


@pytest.mark.parametrize(
    ("given_text", "kept"),
    [
        ("  Buy milk\n", "Buy milk"),
        ("Cafe\u0301", "Caf\u00e9"),
        ("\u202egnp.exe", "gnp.exe"),
        ("a\u2066b\u2069c", "abc"),
        ("\ufefftitle", "title"),
        ("\u05d0\u200fb", "\u05d0\u200fb"),  # a right-to-left mark reorders nothing beyond itself
        ("👩\u200d👧 family", "👩\u200d👧 family"),
        ("می\u200cخواهم", "می\u200cخواهم"),  # noqa: RUF001 - Persian
        ("", ""),
        (" \t ", ""),
        ("\u200b\u2060\u00ad\u3164", ""),
        ("\u202e", ""),
        ("e\u200b\u0301", "\u00e9"),
        ("\u200b a \u200b", "a"),
    ],
)
def test_a_line_is_kept_trimmed_and_composed(given_text: str, kept: str) -> None:
    assert clean_line(given_text, 20) == kept


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a\0b", "control"),
        ("a\nb", "control"),
        ("a\tb", "control"),
        ("a\u2028b", "control"),
        ("a\x85b", "control"),
        ("a\x1b[31m", "control"),
        ("\ud83d", "surrogate"),
        ("a\udc00b", "surrogate"),
        ("x" * 21, "too_long"),
        ("a" + "\u0301" * 31, "marks"),
    ],
)
def test_a_line_that_cannot_be_kept_is_refused(text: str, code: str) -> None:
    assert refusal(lambda: clean_line(text, 20 if code == "too_long" else 100)) == code


@pytest.mark.parametrize(
    ("given_text", "kept"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("\n  \n    code\n\n", "    code"),
        ("tab\there", "tab\there"),
        ("\u202eabc\u202c", "\u202eabc\u202c"),
        ("  \n\t", ""),
        ("Cafe\u0301", "Caf\u00e9"),
    ],
)
def test_text_keeps_its_lines_and_first_indentation(given_text: str, kept: str) -> None:
    assert clean_text(given_text, 20) == kept


@pytest.mark.parametrize(
    ("text", "code"),
    [("a\0b", "control"), ("a\x0bb", "control"), ("\udfff", "surrogate"), ("x" * 21, "too_long")],
)
def test_text_that_cannot_be_kept_is_refused(text: str, code: str) -> None:
    assert refusal(lambda: clean_text(text, 20)) == code


def test_lengths_count_code_points_after_composition() -> None:
    assert clean_line("👍" * 20, 20) == "👍" * 20
    assert clean_line("e\u0301" * 20, 20) == "\u00e9" * 20
    assert refusal(lambda: clean_line("\ufb2c" * 10, 20)) == "too_long"  # Unicode decomposes it into three


def test_marks_without_end_are_refused_before_they_cost_anything() -> None:
    assert refusal(lambda: clean_text("a" + "\u0315\u0300" * 40_000, 100_000)) == "marks"


@given(st.text(st.characters(), max_size=60))
def test_what_is_kept_is_clean_and_stays_so(text: str) -> None:
    for clean in (clean_line, clean_text):
        try:
            kept = clean(text, 40)
        except BadText:
            continue
        assert clean(kept, 40) == kept
        assert len(kept) <= 40
        assert unicodedata.is_normalized("NFC", kept)
        assert kept.encode().decode() == kept
        assert "\0" not in kept
        assert "\r" not in kept


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("Ann@Example.ORG", "ann@example.org"),
        (" ann+lists@example.org ", "ann+lists@example.org"),
        ("a.b'c@sub.example.co.uk", "a.b'c@sub.example.co.uk"),
        ("ann@BÜCHER.example", "ann@xn--bcher-kva.example"),
        ("ann@faß.example", "ann@xn--fa-hia.example"),  # not fass.example, which may be somebody else's
        ("ann@例え.jp", "ann@xn--r8jz45g.jp"),
        ("root@localhost", "root@localhost"),
        ("a@" + "b" * 60 + ".org", "a@" + "b" * 60 + ".org"),
    ],
)
def test_spellings_of_an_address_have_one_key(address: str, key: str) -> None:
    assert check_address(address) == address.strip()
    assert email_key(address) == key
    assert email_key(key) == key


@pytest.mark.parametrize(
    "address",
    [
        *("", "@", "ann", "ann@", "@example.org", "a@b@c.org", "ann@example", "ann@.org", "ann@example..org"),
        *("ann@-a.org", "ann@a-.org", "ann@exa mple.org", "ann@example.org\n.evil.org", "ann @example.org"),
        *(".ann@example.org", "ann.@example.org", "a..b@example.org", '"ann"@example.org', "ann@[127.0.0.1]"),
        *("ann@127.0.0.1", "ann@example.org,bob@example.org", "Ann <ann@example.org>", "ann\0@example.org"),
        *("jürgen@example.org", "a" * 65 + "@example.org", "a@" + "b" * 64 + ".org", "ann@exa_mple.org"),
        *("a@" + ("b" * 60 + ".") * 5 + "org", "a@" + "ü" * 240 + ".org", "\ud800@example.org", "ann@\u200b.org"),
    ],
    ids=ascii,
)
def test_what_is_no_address_is_refused(address: str) -> None:
    assert refusal(lambda: check_address(address)) == "bad_address"
    assert email_key(address) == address.strip().lower()


@given(st.text(max_size=40) | st.from_regex(r"\A[a-zA-Z.+]{1,5}@[a-zäß.\-]{1,12}\Z"))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    key = email_key(text)
    try:
        check_address(text)
    except BadText:
        return
    assert email_key(key) == key
    assert key.isascii()
    assert len(key) <= 254


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(BadText) as caught:
        act()
    assert caught.value.message
    return caught.value.code
