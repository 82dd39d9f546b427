"""A device of somebody's: what it holds, what it has to send, and whether it is online."""

import json
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from headway.platform.ids import new_id
from tests.support.product import Person


class Key(NamedTuple):
    """What an object is known by: ids are only unique among objects of one kind in one stream."""

    stream: str
    kind: str
    id: str


@dataclass
class Copy:
    """One object as a device holds it."""

    scope: str
    version: int
    fields: dict[str, Any]


@dataclass
class Device:
    """Does what docs/architecture.md tells clients to do, and nothing more."""

    person: Person
    held: dict[Key, Copy] = field(default_factory=dict)
    cursor: str | None = None
    queue: list[dict[str, Any]] = field(default_factory=list)
    online: bool = True
    told: set[tuple[str, str]] = field(default_factory=set)

    def later(self, method: str, path: str, **body: Any) -> None:
        """Queue a write; it is sent when the device is online."""
        self.queue.append({"key": new_id(), "method": method, "path": path, "body": body})

    async def connect(self) -> None:
        """Send what is queued, then take what happened meanwhile."""
        if self.queue:
            answer = await self.person.api.post("/batch", json={"operations": self.queue})
            assert answer.status_code == 200, answer.text
            assert all(each["status"] < 500 for each in answer.json()["results"]), answer.text
            self.queue.clear()
        await self.sync()

    async def sync(self) -> None:
        """Take a snapshot, or what happened since the cursor."""
        query = {} if self.cursor is None else {"cursor": self.cursor}
        answer = await self.person.api.get("/sync", params=query)
        assert answer.status_code == 200, answer.text
        for line in answer.content.splitlines():
            self._take(json.loads(line))

    def tasks(self) -> list[str]:
        """The tasks that the device shows and that can be changed."""
        return sorted(key.id for key, copy in self.held.items() if key.kind == "task" and not copy.fields["trashed_at"])

    def shown(self) -> dict[Key, tuple[str, int, dict[str, Any]]]:
        """What a fresh snapshot would tell, too: not what is fetched on demand, nor the trash."""
        return {
            key: (copy.scope, copy.version, {name: copy.fields[name] for name in copy.fields if name != "description"})
            for key, copy in self.held.items()
            if key.kind not in ("comment", "transfer") and not (key.kind == "task" and copy.fields["trashed_at"])
        }

    def _take(self, line: dict[str, Any]) -> None:
        match line["type"]:
            case "reset":
                self.held.clear()
            case "object":
                self._put(line)
            case "entry":
                self._change(line)
            case "leave":
                gone = (line["stream"], line["scope"])
                self.held = {key: copy for key, copy in self.held.items() if (key.stream, copy.scope) != gone}
            case "progress" | "end":
                self.cursor = line["cursor"]

    def _change(self, told: dict[str, Any]) -> None:
        key = Key(told["stream"], told["kind"], told["id"])
        copy = self.held.get(key)
        if told["op"] in ("create", "enter"):
            self._put(told)
            return
        self.told.add((told["stream"], told["scope"]))
        if copy is None or told["object_version"] <= copy.version:
            return
        if told["op"] == "update":
            self.held[key] = Copy(copy.scope, told["object_version"], copy.fields | told["fields"])
        else:
            del self.held[key]

    def _put(self, told: dict[str, Any]) -> None:
        self.told.add((told["stream"], told["scope"]))
        key = Key(told["stream"], told["kind"], told["id"])
        copy = self.held.get(key)
        if copy is None or told["object_version"] >= copy.version:
            fields = {**({} if copy is None else copy.fields), **told["fields"]}
            self.held[key] = Copy(told["scope"], told["object_version"], fields)
