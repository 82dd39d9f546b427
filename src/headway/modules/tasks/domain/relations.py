"""How two tasks relate: one row says it for both sides, each of which has its own word for it."""

from typing import Final, Literal, NamedTuple

RelationKind = Literal["blocks", "relates", "duplicates"]
RelationWord = Literal["blocks", "blocked_by", "relates", "duplicates", "duplicated_by"]

_TURNED: Final[dict[RelationWord, RelationKind]] = {"blocked_by": "blocks", "duplicated_by": "duplicates"}
_FROM_OTHER_SIDE: Final[dict[RelationKind, RelationWord]] = {
    "blocks": "blocked_by",
    "relates": "relates",
    "duplicates": "duplicated_by",
}


class Directed(NamedTuple):
    """A relation as it is kept: `task_id` blocks, relates to or duplicates `other_id`."""

    kind: RelationKind
    task_id: str
    other_id: str


def directed(word: RelationWord, task_id: str, other_id: str) -> Directed:
    """What a task says of another, as it is kept. Of two tasks that relate the one with the lower id comes first."""
    if word in _TURNED:
        return Directed(_TURNED[word], other_id, task_id)
    if word == "relates":
        return Directed("relates", *sorted((task_id, other_id)))
    return Directed("blocks" if word == "blocks" else "duplicates", task_id, other_id)


def word_for(kind: RelationKind, *, from_other_side: bool) -> RelationWord:
    """What a kept relation is called from one of its sides."""
    return _FROM_OTHER_SIDE[kind] if from_other_side else kind
