"""Two sorted sequences of rows, seen side by side."""

from collections.abc import Callable, Iterable, Iterator

from headway.platform.db.raw.tables import Values

Pair = tuple[Values | None, Values | None]


def side_by_side(left: Iterable[Values], right: Iterable[Values], key_of: Callable[[Values], Values]) -> Iterator[Pair]:
    """Rows of the same key together, None where one side has no such row. Both sides come sorted by key."""
    lefts, rights = iter(left), iter(right)
    one, other = next(lefts, None), next(rights, None)
    while one is not None or other is not None:
        if other is None or (one is not None and _before(key_of(one), key_of(other))):
            yield one, None
            one = next(lefts, None)
        elif one is None or _before(key_of(other), key_of(one)):
            yield None, other
            other = next(rights, None)
        else:
            yield one, other
            one, other = next(lefts, None), next(rights, None)


def _before(one: Values, other: Values) -> bool:
    return one < other
