"""What workspaces keep of a person, for the person's own export."""

from collections.abc import AsyncIterator, Callable
from typing import Any, Final

import msgspec

from headway.changes.work import Kind
from headway.modules.tasks.store import scoped
from headway.modules.tasks.store.attachments import ATTACHMENT, AttachmentRow, file_key
from headway.modules.tasks.store.kinds import KINDS
from headway.modules.tasks.store.portable import page_of
from headway.modules.tasks.store.workspaces import MEMBER, WORKSPACE
from headway.modules.users.contracts import PersonalFile
from headway.platform.db.port import Reader
from headway.platform.ids import NIL_ID
from headway.platform.objects import ObjectStore

PAGE: Final = 500
_AUTHORS: Final = ("created_by", "owner_id", "user_id", "invited_by")
_encode: Final = msgspec.json.Encoder().encode

# Any: rows of different kinds
Row = Any
Wanted = Callable[[Row], bool]


class WorkspaceData:
    """`PersonalData` of this module.

    The personal workspace is told whole. Of any other one what the person made, is assigned to or keeps there, as far
    as the person may see it today: the rest belongs to the workspace.
    """

    def __init__(self, objects: ObjectStore) -> None:
        self._objects = objects

    async def files_of(self, reader: Reader, user_id: str) -> AsyncIterator[PersonalFile]:
        """A line of JSON for each object, a file for each kind of them, and attachments."""
        for member in await scoped.members_of_person(reader, user_id):
            workspace_id, scopes = member.workspace_id, (await scoped.access(reader, member)).scopes()
            folder = f"workspaces/{workspace_id}"
            for kind in KINDS.values():
                wanted = _wanted(kind, user_id, scopes, whole=workspace_id == user_id)
                yield PersonalFile(f"{folder}/{kind.name}.ndjson", _lines(reader, kind, workspace_id, wanted))
            wanted = _wanted(ATTACHMENT, user_id, scopes, whole=workspace_id == user_id)
            async for page in _pages(reader, ATTACHMENT, workspace_id):
                for row in filter(wanted, page):
                    async for file in self._attached(folder, row):
                        yield file

    async def _attached(self, folder: str, row: AttachmentRow) -> AsyncIterator[PersonalFile]:
        key = file_key(row.workspace_id, row.file_id)
        if await self._objects.size(key) is not None:
            name = row.name.replace("/", "_").replace("\\", "_").lstrip(".") or "file"
            yield PersonalFile(f"{folder}/attachments/{row.id}/{name}", self._objects.read(key))


def _wanted(kind: Kind[Any], user_id: str, scopes: frozenset[str], *, whole: bool) -> Wanted:
    """Whether a row goes into the export of that person."""

    def check(row: Row) -> bool:
        if kind.scope(row) not in scopes:
            return False
        if whole or kind.name == WORKSPACE.name:
            return True
        mine = any(getattr(row, name, None) == user_id for name in _AUTHORS)
        assigned = user_id in getattr(row, "assignee_ids", ())
        return mine or assigned or (kind.name == MEMBER.name and row.id == user_id)

    return check


async def _lines(reader: Reader, kind: Kind[Any], workspace_id: str, wanted: Wanted) -> AsyncIterator[bytes]:
    async for page in _pages(reader, kind, workspace_id):
        told = [{"id": row.id, **kind.fields(row)} for row in page if wanted(row)]
        yield b"".join(_encode(each) + b"\n" for each in told)


async def _pages(reader: Reader, kind: Kind[Any], workspace_id: str) -> AsyncIterator[list[Row]]:
    after = NIL_ID
    while True:
        page = await reader.rows(page_of(kind), of_workspace=workspace_id, after=after, limit=PAGE)
        yield page
        if len(page) < PAGE:
            return
        after = page[-1].id
