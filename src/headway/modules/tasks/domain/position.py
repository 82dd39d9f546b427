"""Manual order: short strings, compared by code point, with always room for another between two of them.

A position is an integer followed by a fraction, both in base 62. The integer's first letter says how many digits
follow ('a': 1 to 'z': 26 for zero and up; 'Z': 1 to 'A': 26 below zero), so that integers of different length compare
correctly; the fraction never ends in '0'. Adding at an end counts the integer up or down, so keys stay short; only
insertion between neighbours makes fractions. The web client has the same functions; `tests/cases/position.json` holds
both to the same answers. A database must compare positions as bytes.

Two people who insert at one place while apart may get equal positions: the object's id then decides the order, and
inserting between the two is refused with `PositionExhausted`, upon which the caller gives the list new positions with
`spread(None, None, n)`.
"""

from typing import Final

from headway.modules.tasks.domain.limits import POSITION_LENGTH

DIGITS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
FIRST: Final = "a0"
_LOWEST: Final = "A" + "0" * 26


class PositionExhausted(Exception):
    """No position of acceptable length fits between the two: the list needs new positions."""


def is_position(text: str) -> bool:
    """Whether `text`, from outside, can be taken as a position.

    The two longest integers of either sign are refused, so that nobody's choice can keep others from adding at an end:
    `between(a, None)` and `between(None, b)` never run out.
    """
    return _is_well_formed(text) and "C" <= text[0] <= "x"


def between(a: str | None, b: str | None) -> str:
    """A position after `a` and before `b`; None stands for the start or the end of the list.

    Raises `PositionExhausted` when it would be longer than 200 characters or `a` equals `b`, `ValueError` when `a` is
    after `b` or either is no position.
    """
    _check(a, b)
    key = _between(a, b)
    if len(key) > POSITION_LENGTH:
        raise PositionExhausted
    return key


def spread(a: str | None, b: str | None, n: int) -> list[str]:
    """`n` positions in order, all after `a` and before `b`. Raises as `between` does."""
    if n <= 0:
        return []
    if b is None:
        keys = [between(a, None)]
        while len(keys) < n:
            keys.append(between(keys[-1], None))
        return keys
    if a is None:
        keys = [between(None, b)]
        while len(keys) < n:
            keys.append(between(None, keys[-1]))
        return keys[::-1]
    middle = between(a, b)
    before = n // 2
    return [*spread(a, middle, before), middle, *spread(middle, b, n - before - 1)]


def _is_well_formed(text: str) -> bool:
    if not 2 <= len(text) <= POSITION_LENGTH or not ("A" <= text[0] <= "Z" or "a" <= text[0] <= "z"):
        return False
    length = _integer_length(text)
    if len(text) < length or any(digit not in DIGITS for digit in text):
        return False
    return text != _LOWEST and (len(text) == length or text[-1] != "0")


def _check(a: str | None, b: str | None) -> None:
    for key in (a, b):
        if key is not None and not _is_well_formed(key):
            raise ValueError("not a position")
    if a is not None and b is not None:
        if a == b:
            raise PositionExhausted
        if a > b:
            raise ValueError("the first position is after the second")


def _between(a: str | None, b: str | None) -> str:
    if a is None:
        return FIRST if b is None else _before(b)
    integer, fraction = _split(a)
    if b is None:
        return _up(integer) or integer + _middle(fraction, None)
    other, other_fraction = _split(b)
    if integer == other:
        return integer + _middle(fraction, other_fraction)
    following = _up(integer)
    if following is not None and following < b:
        return following
    return integer + _middle(fraction, None)


def _before(b: str) -> str:
    integer, fraction = _split(b)
    if integer == _LOWEST:
        return integer + _middle("", fraction)
    if fraction:
        return integer
    preceding = _down(integer)
    return preceding if preceding != _LOWEST else _LOWEST + _middle("", None)


def _integer_length(key: str) -> int:
    head = ord(key[0])
    return head - ord("a") + 2 if head >= ord("a") else ord("Z") - head + 2


def _split(key: str) -> tuple[str, str]:
    length = _integer_length(key)
    return key[:length], key[length:]


def _up(integer: str) -> str | None:
    """The next integer, or None after the highest."""
    head, digits = integer[0], integer[1:]
    kept = digits.rstrip("z")
    zeros = "0" * (len(digits) - len(kept))
    if kept:
        return head + kept[:-1] + DIGITS[DIGITS.index(kept[-1]) + 1] + zeros
    if head == "z":
        return None
    if head == "Z":
        return FIRST
    longer = head >= "a"
    return chr(ord(head) + 1) + (zeros + "0" if longer else zeros[1:])


def _down(integer: str) -> str:
    """The integer before; there is one before all but the lowest."""
    head, digits = integer[0], integer[1:]
    kept = digits.rstrip("0")
    highest = "z" * (len(digits) - len(kept))
    if kept:
        return head + kept[:-1] + DIGITS[DIGITS.index(kept[-1]) - 1] + highest
    if head == "a":
        return "Zz"
    longer = head <= "Z"
    return chr(ord(head) - 1) + (highest + "z" if longer else highest[1:])


def _middle(a: str, b: str | None) -> str:
    """A fraction between two; the first may be empty (zero), the second None (one)."""
    same = 0
    while b is not None and (a[same] if same < len(a) else "0") == b[same]:
        same += 1
    if same and b is not None:
        return b[:same] + _middle(a[same:], b[same:])
    low = DIGITS.index(a[0]) if a else 0
    high = len(DIGITS) if b is None else DIGITS.index(b[0])
    if high - low > 1:
        return DIGITS[(low + high) // 2]
    if b is not None and len(b) > 1:
        return b[0]
    return DIGITS[low] + _middle(a[1:], None)
