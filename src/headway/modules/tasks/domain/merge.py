"""Three-way merge of long text by lines, as diff3 does it.

A change that both sides made, or that only one made, is taken. Where both changed the same lines in different ways,
the later edit stands, and `conflict` tells the caller to say so: what it replaced was saved, so the history has it.
Changes to neighbouring lines do not conflict.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

MAX_PRODUCT: Final = 640_000
"""Lines of one side times lines of the other, above which a changed stretch is taken as a whole."""
MAX_PAIRS: Final = 8_000
"""Pairs of equal lines, above which it is; difflib's work grows with both."""

Lines = Sequence[str]


@dataclass(frozen=True, slots=True)
class Merged:
    """The merged text, and whether some lines of `mine` replaced what `theirs` had made of them."""

    text: str
    conflict: bool


@dataclass(frozen=True, slots=True)
class _Change:
    """Lines `start` to `end` of the base become `lines`."""

    start: int
    end: int
    lines: tuple[str, ...]


def merge(base: str, mine: str, theirs: str) -> Merged:
    """What `base` becomes when the changes of `mine` are made on top of those of `theirs`, the saved version.

    The result may be longer than any of the three (at most `mine` and `theirs` together): check its length.
    """
    if mine in {theirs, base}:
        return Merged(theirs, conflict=False)
    if base == theirs:
        return Merged(mine, conflict=False)
    lines = base.split("\n")
    changes = [(change, True) for change in _changes(lines, mine.split("\n"))]
    changes += [(change, False) for change in _changes(lines, theirs.split("\n"))]
    changes.sort(key=lambda pair: (pair[0].start, pair[0].end))
    merged: list[str] = []
    conflict = False
    done = 0
    for group in _groups(changes):
        start, end = group[0][0].start, max(change.end for change, _ in group)
        merged += lines[done:start]
        mine_lines = _applied(lines, start, end, [change for change, is_mine in group if is_mine])
        their_lines = _applied(lines, start, end, [change for change, is_mine in group if not is_mine])
        taken, unclear = _resolved(lines[start:end], mine_lines, their_lines)
        merged += taken
        conflict = conflict or unclear
        done = end
    return Merged("\n".join(merged + lines[done:]), conflict)


def _changes(old: Lines, new: Lines) -> list[_Change]:
    """What turns `old` into `new`, in order."""
    head, tail = _common_ends(old, new)
    before, after = old[head : len(old) - tail], new[head : len(new) - tail]
    if not before and not after:
        return []
    if _is_costly(before, after):
        return [_Change(head, len(old) - tail, tuple(after))]
    matcher = SequenceMatcher(lambda line: not line.strip(), before, after, autojunk=False)
    return [
        _Change(head + start, head + end, tuple(after[new_start:new_end]))
        for tag, start, end, new_start, new_end in matcher.get_opcodes()
        if tag != "equal"
    ]


def _common_ends(old: Lines, new: Lines) -> tuple[int, int]:
    """How many lines at the start and, of the rest, at the end are equal."""
    shorter = min(len(old), len(new))
    head = 0
    while head < shorter and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < shorter - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return head, tail


def _is_costly(old: Lines, new: Lines) -> bool:
    if len(old) * len(new) > MAX_PRODUCT:
        return True
    counts = Counter(line for line in new if line.strip())
    return sum(counts[line] for line in old) > MAX_PAIRS


def _groups(changes: list[tuple[_Change, bool]]) -> list[list[tuple[_Change, bool]]]:
    """Changes that touch the same lines, or insert where the other side changes something, belong together."""
    groups: list[list[tuple[_Change, bool]]] = []
    end = -1
    for change, is_mine in changes:
        last = groups[-1] if groups else []
        touches = change.start == end and any(
            mine != is_mine and (before.start == before.end or change.start == change.end)
            for before, mine in last
            if before.end == end
        )
        if last and (change.start < end or touches):
            last.append((change, is_mine))
        else:
            groups.append([(change, is_mine)])
        end = max(end, change.end)
    return groups


def _applied(lines: Lines, start: int, end: int, changes: list[_Change]) -> list[str]:
    """Lines `start` to `end` of the base with one side's changes."""
    result: list[str] = []
    for change in changes:
        result += lines[start : change.start]
        result += change.lines
        start = change.end
    return result + list(lines[start:end])


def _resolved(base: Lines, mine: Lines, theirs: Lines) -> tuple[Lines, bool]:
    """The lines to take, and whether others were changed there in another way."""
    if mine == theirs or list(mine) == list(base):
        return theirs, False
    if list(theirs) == list(base):
        return mine, False
    if 1 < len(base) == len(mine) == len(theirs):
        return _line_by_line(base, mine, theirs)
    return mine, True


def _line_by_line(base: Lines, mine: Lines, theirs: Lines) -> tuple[Lines, bool]:
    """As many lines as before on both sides: each is a line of its own, such as the boxes of a list."""
    merged: list[str] = []
    conflict = False
    for one in zip(base, mine, theirs, strict=True):
        taken, unclear = _resolved(*((line,) for line in one))
        merged += taken
        conflict = conflict or unclear
    return merged, conflict
