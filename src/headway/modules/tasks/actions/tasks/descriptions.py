"""A description that was edited from an older version is merged with what others have written since."""

from typing import Final, Literal, NamedTuple

from headway.changes.log import about
from headway.changes.work import Work
from headway.modules.tasks.domain.limits import DESCRIPTION_LENGTH
from headway.modules.tasks.domain.merge import merge
from headway.modules.tasks.store.tasks import TaskRow
from headway.platform.problems import Invalid

_NEWEST: Final = 1 << 62
_PAGE: Final = 200


class Description(NamedTuple):
    """The text to keep, and how it came about when that was not simply by writing it."""

    text: str
    merge: Literal["merged", "conflict"] | None = None


async def merged_description(work: Work, row: TaskRow, written: str, base_version: int | None) -> Description:
    """What a description becomes. Nothing that was written is lost: the log has what a conflict replaced."""
    if base_version is None or base_version == row.version or written == row.description:
        return Description(written)
    if base_version > row.version:
        raise Invalid.field("base_version", "unknown_version", f"the task is at version {row.version}")
    base = await _description_at(work, row, base_version)
    if base == row.description:
        return Description(written)
    if base is None:
        return Description(written, "conflict")
    merged = merge(base, written, row.description)
    if len(merged.text) > DESCRIPTION_LENGTH:
        return Description(written, "conflict")
    return Description(merged.text, "conflict" if merged.conflict else "merged")


async def _description_at(work: Work, row: TaskRow, version: int) -> str | None:
    """The description as it was at a version of the task; None when the log does not reach back that far."""
    text = row.description
    before = _NEWEST
    while True:
        page = await about(work.tx, work.stream, row.id, before, _PAGE)
        for recorded in page:
            entry = recorded.entry
            if entry.id != row.id:
                continue
            if entry.object_version <= version:
                return text
            text = recorded.before.get("description", text)
        if len(page) < _PAGE:
            return None
        before = page[-1].entry.version
