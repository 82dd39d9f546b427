"""What a text was at an earlier version, from the log."""

from typing import Final

from headway.changes.log import NEWEST, about
from headway.changes.work import Work

_PAGE: Final = 200


async def text_at(work: Work, subject: str, object_id: str, field: str, now: str, version: int) -> str | None:
    """A field as it was at a version of the object, given what it is now; None when the log does not reach back."""
    text, before = now, NEWEST
    while True:
        page = await about(work.tx, work.stream, subject, before, _PAGE)
        for recorded in page:
            if recorded.entry.id == object_id:
                if recorded.entry.object_version <= version:
                    return text
                text = recorded.before.get(field, text)
        if len(page) < _PAGE:
            return None
        before = page[-1].entry.version
