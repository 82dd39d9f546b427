"""The recorded cases of sync that the server and the web client share.

`python -m tests.support.sync_cases` writes tests/cases/sync/ anew: what the real server tells somebody while others
work. Of each history: the snapshot before, what /sync says after each step and what /events says of the same, what
/sync says of all steps at once, and the snapshot afterwards. Ids and cursors are replaced and the clock stands still,
so that a file only changes when the server tells something else.
"""

import asyncio
import json
import re
import shutil
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from headway.gateway.app import Gateway
from tests.gateway.listening import listening
from tests.support.clock import StillClock
from tests.support.product import PASSWORD, Person, running_product
from tests.support.sync_histories import HISTORIES, Line, watcher_of
from tests.tasks.team import Team, come_back, make_team

FOLDER: Final = Path(__file__).parents[1] / "cases" / "sync"
AT: Final = datetime(2026, 11, 23, 15, 30, tzinfo=UTC)

_ID: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_CURSOR: Final = re.compile(r'"cursor":"([^"]+)"')


@dataclass
class Serving:
    """What `listening` needs of a server."""

    app: Gateway


@dataclass
class Recording:
    """One history as its watcher is told of it."""

    team: Team
    clock: StillClock
    watcher: Person
    token: str
    snapshot: list[Line] = field(default_factory=list)
    steps: list[Line] = field(default_factory=list)

    async def begin(self) -> None:
        """As in `Told`."""
        self.snapshot = await self._sync(None)

    async def then(self, did: str) -> None:
        """As in `Told`."""
        self.clock.at += timedelta(minutes=1)
        since = (self.steps[-1]["delta"] if self.steps else self.snapshot)[-1]
        delta = await self._sync(since["cursor"])
        self.steps.append({"did": did, "delta": delta, "live": await self._live(since, delta[-1]["streams"])})

    async def whole(self) -> Line:
        """Everything that is kept of the history."""
        since = self.snapshot[-1]["cursor"]
        return {
            "me": self.watcher.id,
            "snapshot": self.snapshot,
            "steps": self.steps,
            "at_once": await self._sync(since),
            "final": await self._sync(None),
        }

    async def _sync(self, cursor: str | None) -> list[Line]:
        await self.team.product.settled()
        answer = await self.watcher.api.get("/sync", params={} if cursor is None else {"cursor": cursor})
        assert answer.status_code == 200, answer.text
        return [json.loads(line) for line in answer.content.splitlines()]

    async def _live(self, since: Line, reached: dict[str, int]) -> list[Line]:
        """What somebody hears who listens from the end of an answer: who must call /sync hears nothing else."""
        heard: list[Line] = []
        query = f"cursor={since['cursor']}"
        async with listening(Serving(self.team.product.monolith.app), self.token, query) as listener:
            hello = await listener.event()
            versions = since["streams"]
            while versions != reached:
                event = await listener.event()
                if event.name == "resync":
                    return [{"type": "resync"}]
                assert event.data["from"] == hello.data["streams"][event.data["stream"]]
                versions = {**versions, event.data["stream"]: event.data["to"]}
                heard.append({"type": event.name, **event.data})
        return sorted(heard, key=lambda changes: str(changes["stream"]))


@dataclass(frozen=True)
class First:
    """A team that has only just come together, and the folder with its data."""

    folder: Path
    team: Team


async def make_first(folder: Path) -> First:
    """The same beginning for all histories."""
    async with running_product(folder, StillClock(AT)) as product:
        team = await make_team(product)
        await product.settled()
    return First(folder, team)


async def record(name: str, first: First, folder: Path) -> str:
    """The history of that name, played in a new `folder`, as its file holds it."""
    shutil.copytree(first.folder, folder)
    clock = StillClock(AT + timedelta(minutes=1))
    async with running_product(folder, clock) as product:
        team = await come_back(product, first.team)
        watcher = watcher_of(name, team)
        made = await watcher.post("/auth/tokens", name="listener", scopes=["read"], password=PASSWORD)
        recording = Recording(team, clock, watcher, made["token"])
        await HISTORIES[name](recording)
        return _text(await recording.whole())


def _text(whole: Line) -> str:
    """One line of the file for each line that was told."""

    def lines(told: list[Line]) -> str:
        return "[]" if not told else "[\n" + ",\n".join(_packed(line) for line in told) + "\n]"

    steps = [
        f'{{"did": {_packed(step["did"])},\n"delta": {lines(step["delta"])},\n"live": {lines(step["live"])}}}'
        for step in whole["steps"]
    ]
    parts = [
        f'"me": {_packed(whole["me"])}',
        f'"snapshot": {lines(whole["snapshot"])}',
        '"steps": [\n' + ",\n".join(steps) + "\n]",
        f'"at_once": {lines(whole["at_once"])}',
        f'"final": {lines(whole["final"])}',
    ]
    return _replaced("{\n" + ",\n".join(parts) + "\n}\n")


def _replaced(text: str) -> str:
    """Ids and cursors by the order in which they appear."""
    ids: dict[str, str] = {}
    cursors: dict[str, str] = {}
    text = _CURSOR.sub(lambda found: f'"cursor":"{cursors.setdefault(found[1], f"cursor {len(cursors) + 1}")}"', text)
    return _ID.sub(lambda found: ids.setdefault(found[0], f"id{len(ids) + 1}"), text)


def _packed(value: Any) -> str:  # Any: JSON
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


async def _write(folder: Path) -> None:
    first = await make_first(folder / "first")
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in HISTORIES:
        (FOLDER / f"{name}.json").write_text(await record(name, first, folder / name), "utf-8")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        asyncio.run(_write(Path(scratch)))
