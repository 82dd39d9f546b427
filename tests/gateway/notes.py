"""A small module with one of each sort of route: notes that belong to one person."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Annotated, Final

import msgspec
from msgspec import UNSET, UnsetType
from sqlalchemy import BigInteger, Column, MetaData, String, Table, bindparam

from headway.changes.contracts import Stream, person_scope
from headway.changes.module import Module, Scopes, SyncObject
from headway.changes.work import Kind, Work
from headway.changes.writes import Write
from headway.platform.actor import Actor
from headway.platform.db.port import Reader
from headway.platform.db.statement import rows_of
from headway.platform.db.types import Id
from headway.platform.ids import ID_PATTERN, new_id
from headway.platform.problems import NotFound
from headway.platform.web.decode import line
from headway.platform.web.routes import Asked, Dependency, Endpoint, Read, Reply

metadata = MetaData()
notes: Final = Table(
    "notes",
    metadata,
    Column("user_id", Id, primary_key=True),
    Column("id", Id, primary_key=True),
    Column("title", String(100), nullable=False),
    Column("version", BigInteger, nullable=False),
)


class Note(msgspec.Struct, frozen=True):
    user_id: str
    id: str
    title: str
    version: int


NOTE: Final = Kind("note", notes, Note, scope=lambda row: person_scope(row.user_id))
_OF_USER: Final = rows_of(notes, Note, notes.c.user_id == bindparam("user_id"))
_ONE: Final = rows_of(notes, Note, notes.c.user_id == bindparam("user_id"), notes.c.id == bindparam("id"))


class NewNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    title: Annotated[str, line(100)]
    id: Annotated[str, msgspec.Meta(pattern=ID_PATTERN)] | None = None


class NoteChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    title: Annotated[str, line(100)] | UnsetType = UNSET


class NoteQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    limit: Annotated[int, msgspec.Meta(ge=1, le=200)] = 50


class NotePage(msgspec.Struct, frozen=True):
    items: list[Note]
    next_cursor: str | None


class Uploaded(msgspec.Struct, frozen=True):
    bytes_received: int


async def list_notes(reader: Reader, actor: Actor, query: NoteQuery) -> NotePage:
    """The caller's notes."""
    return NotePage((await reader.rows(_OF_USER, user_id=actor.id))[: query.limit], None)


async def on_own_notes(_reader: Reader, actor: Actor, query: NoteQuery) -> Dependency | None:
    """Lists of a single note are never kept; all others end with the day."""
    return None if query.limit == 1 else Dependency((f"profile:{actor.id}",), DAY_ENDS)


DAY_ENDS: Final = datetime(2026, 11, 24, tzinfo=UTC)


async def get_note(reader: Reader, actor: Actor, _query: None, note_id: str) -> Note:
    """One note."""
    return await _found(reader, actor.id, note_id)


async def _found(reader: Reader, user_id: str, note_id: str) -> Note:
    note = await reader.row(_ONE, user_id=user_id, id=note_id)
    if note is None:
        raise NotFound("note")
    return note


async def own_stream(_reader: Reader, actor: Actor, _body: object, **_path: str) -> Stream:
    return Stream("profile", actor.id)


async def own_inbox(_reader: Reader, actor: Actor, _body: object, **_path: str) -> Stream:
    return Stream("inbox", actor.id)


async def stream_of_note(reader: Reader, actor: Actor, _body: object, note_id: str) -> Stream:
    await _found(reader, actor.id, note_id)
    return Stream("profile", actor.id)


async def enter(_work: Work, actor: Actor) -> Actor:
    return actor


async def create_note(work: Work, actor: Actor, body: NewNote) -> Note:
    """Add a note."""
    return await work.insert(NOTE, Note(actor.id, body.id or new_id(), body.title, 1))


async def change_note(work: Work, actor: Actor, body: NoteChange, note_id: str) -> Note:
    """Change a note."""
    note = await _found(work.tx, actor.id, note_id)
    work.check_version(note)
    return note if body.title is UNSET else await work.update(NOTE, note, title=body.title)


async def delete_note(work: Work, actor: Actor, _body: None, note_id: str) -> None:
    """Delete a note."""
    note = await _found(work.tx, actor.id, note_id)
    work.check_version(note)
    await work.delete(NOTE, note)


async def hello(_asked: Asked, _data: None) -> Reply:
    """Greet anybody."""
    return Reply({"hello": "world"})


async def whence(asked: Asked, _data: None) -> Reply:
    """The caller's address."""
    return Reply({"address": asked.address})


async def break_down(_asked: Asked, _data: None) -> Reply:
    """Fail in a way that nobody foresaw."""
    raise ZeroDivisionError("the secret is 42")


async def upload(asked: Asked, _data: None) -> Reply:
    """Take a file."""
    assert isinstance(asked.upload, AsyncIterator)
    received = sum([len(piece) async for piece in asked.upload])
    return Reply(Uploaded(received))


async def settings(_asked: Asked, _data: None) -> Reply:
    """For administrators."""
    return Reply({"registration": "open"})


ROUTES: Final = (
    Read(
        path="/notes",
        act=list_notes,
        needs="self",
        tag="notes",
        query=NoteQuery,
        answer=NotePage,
        depends=on_own_notes,
    ),
    Read(path="/notes/{note_id}", act=get_note, needs="self", tag="notes", answer=Note),
    Write(
        method="POST",
        path="/notes",
        act=create_note,
        needs="self",
        tag="notes",
        body=NewNote,
        answer=Note,
        status=201,
        locate=own_stream,
        enter=enter,
    ),
    Write(
        method="PATCH",
        path="/notes/{note_id}",
        act=change_note,
        needs="self",
        tag="notes",
        body=NoteChange,
        answer=Note,
        locate=stream_of_note,
        enter=enter,
    ),
    Write(
        method="POST",
        path="/memos",
        act=create_note,
        needs="self",
        tag="notes",
        body=NewNote,
        answer=Note,
        status=201,
        locate=own_inbox,
        enter=enter,
    ),
    Write(
        method="DELETE",
        path="/notes/{note_id}",
        act=delete_note,
        needs="self",
        tag="notes",
        status=204,
        locate=own_stream,
        enter=enter,
    ),
    Endpoint(method="GET", path="/hello", act=hello, needs="public", tag="hello", answer=dict[str, str]),
    Endpoint(method="GET", path="/whence", act=whence, needs="public", tag="hello", answer=dict[str, str]),
    Endpoint(method="GET", path="/broken", act=break_down, needs="public", tag="hello", answer=dict[str, str]),
    Endpoint(method="POST", path="/uploads", act=upload, needs="self", tag="notes", answer=Uploaded, upload=1000),
    Endpoint(
        method="GET", path="/admin/settings", act=settings, needs="instance:admin", tag="admin", answer=dict[str, str]
    ),
)


class NotesSource:
    """The stream of a person's notes."""

    async def visible(self, _reader: Reader, actor: Actor) -> dict[Stream, Scopes]:
        return {Stream("profile", actor.id): frozenset({person_scope(actor.id)})}

    async def snapshot(
        self, reader: Reader, _actor: Actor, stream: Stream, _scopes: Scopes, after: str
    ) -> AsyncIterator[tuple[SyncObject, str]]:
        for note in sorted(await reader.rows(_OF_USER, user_id=stream.owner), key=lambda note: note.id):
            if note.id > after:
                yield (
                    SyncObject(person_scope(stream.owner), "note", note.id, note.version, {"title": note.title}),
                    note.id,
                )


def build() -> Module:
    """The module."""
    return Module(name="notes", metadata=metadata, routes=ROUTES, sync=NotesSource())
