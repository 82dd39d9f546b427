"""Streams and entries: the words that every reader of the log shares."""

from datetime import datetime
from typing import Annotated, Any, Final, Literal, NamedTuple

import msgspec

StreamKind = Literal["account", "profile", "workspace", "access", "inbox", "instance"]
Op = Literal["create", "update", "delete", "enter", "leave"]

Origin = Literal["person", "undo", "import", "system"]

SCHEMA: Final = 1
"""Version of the shape of an entry."""


class Stream(NamedTuple):
    """One stream of the log, written outside as `workspace:<id>`."""

    kind: StreamKind
    owner: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.owner}"


class Entry(msgspec.Struct, frozen=True):
    """One change of one object, as clients receive it.

    `fields` are absolute values: the whole object on `create` and `enter`, what changed on `update`, empty on `delete`
    and `leave`. It applies only when `object_version` is higher than what the reader holds.
    """

    stream: str
    version: int
    scope: str
    action_id: str
    kind: str
    id: str
    op: Op
    object_version: int
    # Any: each kind has its own fields, described in OpenAPI.
    fields: Annotated[dict[str, Any], msgspec.Meta(description="Absolute values by field name")]
    actor: str | None
    at: datetime
    schema: int = SCHEMA


class Recorded(msgspec.Struct, frozen=True):
    """An entry as the server keeps it: with the former values and the task (or other parent) that it is about.

    `origin` says what kind of act it came from; nobody is notified of an undo or an import.
    """

    entry: Entry
    before: dict[str, Any]  # Any: as in Entry.fields
    subject: str
    origin: Origin = "person"


EVERYONE: Final = "everyone"
MEMBERS: Final = "members"
ADMINS: Final = "admins"


def project_scope(project_id: str) -> str:
    """The scope of what belongs to a project."""
    return f"project:{project_id}"


def person_scope(user_id: str) -> str:
    """The scope of what is one person's own."""
    return f"person:{user_id}"
