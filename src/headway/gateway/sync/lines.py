"""The lines of /sync: one JSON object each (application/x-ndjson)."""

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from headway.changes.contracts import Entry
from headway.changes.module import SyncObject
from headway.gateway.asgi import encode
from headway.gateway.sync.cursor import Cursor

MEDIA_TYPE: Final = "application/x-ndjson"


class Line(msgspec.Struct, frozen=True, tag_field="type", tag=str.lower):
    """A line; `type` says which."""


class Begin(Line, frozen=True):
    """A snapshot follows, from a time when the streams were at these versions."""

    streams: Mapping[str, int]


class Reset(Line, frozen=True):
    """Forget everything: the cursor cannot be continued from. A snapshot follows."""


class EntryLine(Entry, frozen=True, tag_field="type", tag="entry"):
    """A change that the client has missed."""


class Object(Line, frozen=True):
    """An object as it is now."""

    stream: str
    scope: str
    kind: str
    id: str
    object_version: int
    fields: dict[str, Any]  # Any: as in Entry.fields


class Leave(Line, frozen=True):
    """Forget what is held of this scope: it may not be seen any more."""

    stream: str
    scope: str


class Progress(Line, frozen=True):
    """So far everything has been sent; `cursor` continues from here."""

    cursor: str


class End(Line, frozen=True):
    """Everything has been sent; `cursor` asks for what happens after these versions of the streams."""

    cursor: str
    streams: Mapping[str, int]


def line(what: Line) -> bytes:
    """A line as bytes."""
    return encode(what) + b"\n"


def entry_line(entry: Entry) -> bytes:
    """An EntryLine, without making one: thousands are sent at a time."""
    return b'{"type":"entry",' + encode(entry)[1:] + b"\n"


def object_line(stream: str, what: SyncObject) -> bytes:
    """An object of a snapshot."""
    return line(Object(stream, what.scope, what.kind, what.id, what.object_version, what.fields))


def progress_line(cursor: Cursor) -> bytes:
    """Where to continue from when the connection breaks now."""
    return line(Progress(cursor.encode()))
