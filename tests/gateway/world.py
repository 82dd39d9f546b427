"""A model of who sees what: a log that tests write, people whose sight tests change, and clients that follow."""

import json
import random
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import MetaData

from headway.changes.contracts import Entry, Op, Recorded, Stream
from headway.changes.log import append, read_after
from headway.changes.module import Module, Scopes, SyncObject
from headway.platform.actor import Actor
from headway.platform.db.port import Database, Reader, Transaction
from headway.platform.ids import new_id

OFFICE = Stream("workspace", "01900000-0000-7000-8000-0000000000f1")
GARDEN = Stream("workspace", "01900000-0000-7000-8000-0000000000f2")
SCOPES = ("everyone", "project:01900000-0000-7000-8000-0000000000c1", "project:01900000-0000-7000-8000-0000000000c2")
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def entry(op: Op, scope: str, id_: str, version: int, kind: str = "task", **fields: Any) -> Recorded:
    """One entry as an action would tell it. Any: as in Entry.fields."""
    told = Entry("", 0, scope, new_id(), kind, id_, op, version, fields, None, NOON)
    return Recorded(told, {}, id_)


@dataclass
class World:
    """A source of streams whose objects are what the log folds to."""

    sight: dict[str, dict[Stream, Scopes]] = field(default_factory=dict)
    page: int = 500

    def module(self) -> Module:
        return Module(name="world", metadata=MetaData(), routes=(), sync=self)

    async def visible(self, _reader: Reader, actor: Actor) -> dict[Stream, Scopes]:
        return dict(self.sight.get(actor.id, {}))

    async def snapshot(
        self, reader: Reader, _actor: Actor, stream: Stream, scopes: Scopes, after: str
    ) -> AsyncIterator[tuple[SyncObject, str]]:
        objects = await folded(reader, stream)
        for id_, found in sorted(objects.items()):
            if id_ > after and found.scope in scopes:
                yield found, id_


async def tell(database: Database, stream: Stream, *entries: Recorded) -> int:
    """Append to the log, as a commit of its own; the stream's version afterwards."""

    async def write(tx: Transaction) -> int:
        return (await append(tx, stream, entries)).version

    return await database.write(write)


async def folded(reader: Reader, stream: Stream) -> dict[str, SyncObject]:
    """What the whole log of a stream folds to."""
    objects: dict[str, SyncObject] = {}
    for recorded in await read_after(reader, stream, 0, 100_000):
        told = recorded.entry
        if told.op in ("delete", "leave"):
            objects.pop(told.id, None)
        else:
            before = objects[told.id].fields if told.op == "update" else {}
            objects[told.id] = SyncObject(told.scope, told.kind, told.id, told.object_version, before | told.fields)
    return objects


@dataclass
class Replica:
    """A client: what it holds, and everything that it was ever sent."""

    objects: dict[str, tuple[str, str, int, dict[str, Any]]] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)
    cursor: str | None = None
    seen: list[tuple[str, str]] = field(default_factory=list)

    def take(self, line: dict[str, Any]) -> None:
        """Apply a line of /sync."""
        match line["type"]:
            case "reset":
                self.objects.clear()
            case "object":
                self.seen.append((line["stream"], line["scope"]))
                self._put(line, line["fields"], restart=False)
            case "entry":
                self.change(line)
            case "leave":
                gone = (line["stream"], line["scope"])
                self.objects = {id_: held for id_, held in self.objects.items() if held[:2] != gone}
            case "progress" | "end":
                self.cursor = line["cursor"]
                self.versions = line.get("streams", self.versions)

    def change(self, told: dict[str, Any]) -> None:
        """Apply an entry: only when its object_version is higher than what is held."""
        self.seen.append((told["stream"], told["scope"]))
        held = self.objects.get(told["id"])
        if told["op"] in ("create", "enter"):
            self._put(told, told["fields"], restart=True)
        elif held is not None and told["object_version"] > held[2]:
            if told["op"] == "update":
                self._put(told, held[3] | told["fields"], restart=False)
            else:
                del self.objects[told["id"]]

    def _put(self, told: dict[str, Any], fields: dict[str, Any], *, restart: bool) -> None:
        held = self.objects.get(told["id"])
        if held is None or told["object_version"] > held[2] or (restart and told["object_version"] == held[2]):
            self.objects[told["id"]] = (told["stream"], told["scope"], told["object_version"], fields)

    def apply(self, body: bytes | str) -> None:
        """Apply an answer of /sync."""
        for text in body.splitlines():
            self.take(json.loads(text))


class Author:
    """Writes random but legal histories."""

    def __init__(self, dice: random.Random) -> None:
        self._dice = dice
        self._held: dict[tuple[Stream, str], tuple[str, int]] = {}

    def act(self, stream: Stream) -> list[Recorded]:
        """Entries of one action."""
        known = [key for key in self._held if key[0] == stream]
        choice = self._dice.choice(["create", "update", "update", "move", "delete"]) if known else "create"
        if choice == "create":
            id_, scope = new_id(), self._dice.choice(SCOPES)
            self._held[stream, id_] = (scope, 1)
            return [entry("create", scope, id_, 1, title=self._title(), done=False)]
        key = self._dice.choice(known)
        scope, version = self._held[key]
        version += 1
        if choice == "delete":
            del self._held[key]
            return [entry("delete", scope, key[1], version)]
        if choice == "move":
            target = self._dice.choice([each for each in SCOPES if each != scope])
            self._held[key] = (target, version)
            whole = entry("enter", target, key[1], version, title=self._title(), done=True)
            return [entry("leave", scope, key[1], version), whole]
        self._held[key] = (scope, version)
        return [entry("update", scope, key[1], version, title=self._title())]

    def _title(self) -> str:
        return f"Task {self._dice.randrange(1000)}"


def expected(
    objects: Iterable[tuple[Stream, dict[str, SyncObject]]], sight: dict[Stream, Scopes]
) -> dict[str, tuple[str, str, int, dict[str, Any]]]:
    """What a client with that sight should hold."""
    return {
        id_: (str(stream), found.scope, found.object_version, found.fields)
        for stream, folded_objects in objects
        for id_, found in folded_objects.items()
        if found.scope in sight.get(stream, frozenset())
    }
