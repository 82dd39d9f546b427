"""A description that was edited from an older version is merged with what others have written since."""

from typing import Literal, NamedTuple

from msgspec import UNSET

from headway.changes.work import Work
from headway.modules.tasks.actions.history import text_at
from headway.modules.tasks.contracts import TaskPatch
from headway.modules.tasks.domain.limits import DESCRIPTION_LENGTH
from headway.modules.tasks.domain.merge import merge
from headway.modules.tasks.store.tasks import TaskRow
from headway.platform.problems import Invalid


class Description(NamedTuple):
    """The text to keep, and how it came about when that was not simply by writing it."""

    text: str
    merge: Literal["merged", "conflict"] | None = None


async def merged_description(work: Work, row: TaskRow, written: str, patch: TaskPatch) -> Description:
    """What a description becomes. Nothing that was written is lost: the log has what a conflict replaced."""
    if written == row.description or (patch.base_version is UNSET and patch.base_description is UNSET):
        return Description(written)
    base = await _edited_text(work, row, patch)
    if base == row.description:
        return Description(written)
    if base is None:
        return Description(written, "conflict")
    merged = merge(base, written, row.description)
    if len(merged.text) > DESCRIPTION_LENGTH:
        return Description(written, "conflict")
    return Description(merged.text, "conflict" if merged.conflict else "merged")


async def _edited_text(work: Work, row: TaskRow, patch: TaskPatch) -> str | None:
    """The text that was edited; None when the log does not reach back that far."""
    if patch.base_description is not UNSET:
        return patch.base_description
    version = row.version if patch.base_version is UNSET else patch.base_version
    if version > row.version:
        raise Invalid.field("base_version", "unknown_version", f"the task is at version {row.version}")
    if version == row.version:
        return row.description
    return await text_at(work, row.id, row.id, "description", row.description, version)
