"""What many do together, in an open loop: `python -m bench.mixed [--quick]`.

94 % reads, 6 % writes, 1,000 requests a second, 500 workspaces of 20 people. In each workspace one person works and
another has it open: how long a new task or comment takes to get there, from when it is sent, is measured as well.
"""

import argparse
import asyncio
import json
import os
import re
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from bench.driver import Connection, Measured, Request, request
from bench.open_loop import OpenLoop
from bench.server import Server, addresses, fill, serving, tokens_of
from bench.targets import Figure, at_most, table
from headway.entrypoints.demo.fill import TEAM_SIZE
from headway.entrypoints.loadtest.mix import SHARES
from headway.platform.ids import new_id

RATE = 1_000
WHOLE = (500, 200_000, 60.0)
QUICK = (10, 2_000, 3.0)
"""How many workspaces and tasks, and for how many seconds."""
WARM_UP_SECONDS = 5
ARRIVAL_SECONDS = 2
FAILURES_SHOWN = 5
_ID = re.compile(rb'"id":"([0-9a-f-]{36})"')


@dataclass(frozen=True)
class Worker:
    """Somebody at work in a workspace, and what they know of it."""

    token: str
    workspace_id: str
    project_id: str
    task_ids: list[str]
    cursor: str

    @classmethod
    async def arrive(cls, connection: Connection, token: str) -> "Worker":
        """Look around, as a client does when it starts."""

        async def read(path: str) -> bytes:
            return (await connection.ask(request("GET", path, token)))[1]

        workspaces = json.loads(await read("/workspaces"))["items"]
        workspace_id = next(each["id"] for each in workspaces if each["kind"] == "team")
        tasks = json.loads(await read(f"/tasks?workspace_id={workspace_id}&completed=false&limit=50"))["items"]
        cursor = json.loads((await read("/sync")).splitlines()[-1])["cursor"]
        return cls(token, workspace_id, tasks[0]["project_id"], [task["id"] for task in tasks], cursor)


@dataclass
class Delays:
    """How long what was made took to reach those who watch."""

    due: dict[bytes, float] = field(default_factory=dict)
    measured: Measured = field(default_factory=Measured)

    async def watch(self, port: int, token: str) -> None:
        """Have the live stream of a person open and note what arrives."""
        connection = await Connection.open(port)
        try:
            await connection.stream(request("GET", "/events", token))
            async for event in connection.events():
                for found in _ID.findall(event):
                    if (due := self.due.pop(found, None)) is not None:
                        self.measured.seconds.append(time.perf_counter() - due)
        finally:
            connection.close()


class Load:
    """Requests in their shares, of one worker after the other by chance."""

    def __init__(self, workers: list[Worker], delays: Delays) -> None:
        self._workers = workers
        self._delays = delays
        self._chance = Random(7)
        self._sorts = self._chance.choices(list(SHARES), list(SHARES.values()), k=1 << 16)

    def make(self, number: int) -> tuple[str, Request]:
        """The request with that number and what sort it is of."""
        sort = self._sorts[number % len(self._sorts)]
        worker = self._chance.choice(self._workers)
        task = self._chance.choice(worker.task_ids)
        read = {
            "list of a project": f"/tasks?project_id={worker.project_id}&sort=position&limit=50",
            "own open tasks": f"/tasks?workspace_id={worker.workspace_id}&assignee_id=me&completed=false&sort=due_date",
            "task": f"/tasks/{task}",
            "sync": f"/sync?cursor={worker.cursor}",
            "stats": f"/stats?workspace_id={worker.workspace_id}",
            "notifications": "/notifications",
            "search": f"/search?q=invoice%20review&workspace_id={worker.workspace_id}",
        }.get(sort)
        return sort, request("GET", read, worker.token) if read else self._write(sort, worker, task, number)

    def _write(self, sort: str, worker: Worker, task: str, number: int) -> Request:
        made = new_id()
        if sort in ("create", "comment"):
            self._delays.due[made.encode()] = time.perf_counter()
        key = f"Idempotency-Key: {made}\r\n"
        method, path, body = {
            "create": ("POST", "/tasks", {"id": made, "title": f"Task {number}", "project_id": worker.project_id}),
            "edit": ("PATCH", f"/tasks/{task}", {"title": f"Edited by request {number}"}),
            "close": ("PUT", f"/tasks/{task}/closure", None),
            "comment": ("POST", f"/tasks/{task}/comments", {"id": made, "body": f"Comment {number}"}),
        }[sort]
        said = b"" if body is None else json.dumps(body).encode()
        return request(method, path, worker.token, body=said, headers=key, statuses=(200, 201))


async def measure(
    server: Server, at_work: list[str], watching_too: list[str], seconds: float, rate: int
) -> list[Figure]:
    """Drive the server for so long with the tokens of those who work and those who watch; print what it took."""
    connection = await Connection.open(server.port)
    workers = [await Worker.arrive(connection, token) for token in at_work]
    connection.close()
    delays = Delays()
    watching = [asyncio.create_task(delays.watch(server.port, token)) for token in watching_too]
    load = Load(workers, delays)
    loop = OpenLoop(server.port)
    await loop.run(load.make, rate, min(WARM_UP_SECONDS, seconds))
    loop.measured.clear()
    delays.measured.seconds.clear()
    cpu = server.cpu_seconds()
    await loop.run(load.make, rate, seconds)
    cpu = server.cpu_seconds() - cpu
    await asyncio.sleep(ARRIVAL_SECONDS)
    figures = _told(loop, delays, cpu / seconds, server, rate)
    for task in watching:
        task.cancel()
    await asyncio.gather(*watching, return_exceptions=True)
    loop.close()
    return figures


def _told(loop: OpenLoop, delays: Delays, cpu: float, server: Server, rate: int) -> list[Figure]:
    everything = Measured([each for measured in loop.measured.values() for each in measured.seconds])
    print("| what | requests | p50 ms | p95 ms | p99 ms |\n|---|---|---|---|---|")
    for what, measured in ({"all": everything} | loop.measured | {"to another browser": delays.measured}).items():
        times = " | ".join(f"{measured.percentile(share):.1f}" for share in (0.5, 0.95, 0.99))
        print(f"| {what} | {len(measured.seconds):,} | {times} |")
    print(
        f"\n{rate:,} requests a second over {loop.opened} connections: the server took {100 * cpu:.0f} % of a core,"
        f" {1_000_000 * cpu / rate:.0f} us a request,"
        f" {server.memory_mb():,.0f} MB (load {os.getloadavg()[0]:.1f}); {loop.repeated} requests were sent again on a"
        f" new connection, {len(loop.failures)} failed, {len(delays.due)} changes never arrived"
    )
    for failure in loop.failures[:FAILURES_SHOWN]:
        print(failure)
    asked = f"{rate:,} requests a second, 94 % reads"
    return [
        at_most(f"p95 of {asked}", everything.percentile(0.95), 50, "ms"),
        at_most("p95 of a change on its way to another browser", delays.measured.percentile(0.95), 200, "ms"),
        at_most(f"failures among {asked}", len(loop.failures), 0, "requests"),
        at_most("changes that never arrived", len(delays.due), 0, "changes"),
    ]


def main(workspaces: int, tasks: int, seconds: float, rate: int = RATE) -> list[Figure]:
    """Fill an installation with so many workspaces and measure."""
    everybody = addresses(workspaces * TEAM_SIZE)
    # The fifth and sixth of each team are in no other team and no guests.
    at_work, watching = ([everybody[number * TEAM_SIZE + place] for number in range(workspaces)] for place in (4, 5))
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as made:
        folder = Path(made)
        fill(folder, len(everybody), tasks)
        tokens = asyncio.run(tokens_of(folder, at_work + watching))
        with serving(folder) as server:
            return asyncio.run(measure(server, tokens[:workspaces], tokens[workspaces:], seconds, rate))


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("--quick", action="store_true")
    options.add_argument("--rate", type=int, default=RATE, help="less, to see what a request costs on a busy machine")
    given = options.parse_args()
    print(table(main(*(QUICK if given.quick else WHOLE), given.rate)))
