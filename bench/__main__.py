"""`make bench`: a real server on 200,000 tasks, measured over HTTP, with the machine's load beside every line.

`python -m bench --quick` does the same with less data. The tables go to docs/performance.md; the last holds what was
measured against what must be.
"""

import argparse
import asyncio
import json
import math
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench import creations, mixed
from bench.driver import Connection, Measured, Request, drive, request
from bench.server import Filled, Server, addresses, fill, serving, tokens_of
from bench.targets import Figure, at_least, at_most, table
from headway.gateway.live.hub import PER_PERSON
from headway.platform.ids import new_id

CONNECTIONS = 16
AT_ONCE = 200
COLUMNS = ("what", "req/s", "p50 ms", "p95 ms", "p99 ms", "server CPU per request", "memory", "load")


@dataclass(frozen=True)
class Place:
    """What the requests are about."""

    server: Server
    token: str
    workspace_id: str
    project_id: str
    task_id: str
    etag: str
    cursor: str

    def get(self, path: str, **more: Any) -> Request:
        """A GET by the person whose token it is."""
        return request("GET", path, self.token, **more)


async def look_around(server: Server, token: str) -> Place:
    """Find a workspace of many tasks, one of them, and a cursor at the end of everything."""
    connection = await Connection.open(server.port)

    async def read(path: str) -> tuple[bytes, Any]:
        head, body = await connection.ask(request("GET", path, token))
        return head, json.loads(body)

    _, workspaces = await read("/workspaces")
    team = next(each for each in workspaces["items"] if each["kind"] == "team")
    head, tasks = await read(f"/tasks?workspace_id={team['id']}&limit=50")
    etag = head[head.lower().index(b"etag: ") + 6 :].partition(b"\r")[0].decode()
    _, snapshot = await connection.ask(request("GET", "/sync", token))
    cursor = json.loads(snapshot.splitlines()[-1])["cursor"]
    connection.close()
    task = tasks["items"][0]
    return Place(server, token, team["id"], task["project_id"], task["id"], etag, cursor)


async def line(place: Place, what: str, make: Callable[[int], Request], count: int, connections: int) -> float:
    """Measure one sort of request and print its row; the server's processor time for each in microseconds."""
    await drive(place.server.port, make, min(count // 10, 200), connections)
    cpu = place.server.cpu_seconds()
    measured = await drive(place.server.port, lambda number: make(number + count), count, connections)
    cpu = place.server.cpu_seconds() - cpu
    print(row(what, measured, cpu, place.server), flush=True)
    return 1e6 * cpu / count


def row(what: str, measured: Measured, cpu: float, server: Server) -> str:
    """One row of the table."""
    times = " | ".join(f"{measured.percentile(share):.1f}" for share in (0.5, 0.95, 0.99))
    each = 1e6 * cpu / len(measured.seconds)
    return (
        f"| {what} | {measured.rate:,.0f} | {times} | {each:,.0f} us | {server.memory_mb():,.0f} MB"
        f" | {os.getloadavg()[0]:.1f} |"
    )


async def requests(place: Place, count: int) -> list[Figure]:
    """Every sort of request that the product's targets name."""
    tasks = f"/tasks?workspace_id={place.workspace_id}&limit=50"
    unlike = f"{tasks}&sort=-updated_at&updated_after=1990-01-01T00:00:00."
    await line(place, "list 50, fresh", lambda number: place.get(f"{unlike}{number:06}Z"), count, CONNECTIONS)
    cached = await line(place, "list 50, cached", lambda _: place.get(tasks), 10 * count, CONNECTIONS)
    unchanged = f"If-None-Match: {place.etag}\r\n"
    same = await line(
        place, "list 50, 304", lambda _: place.get(tasks, headers=unchanged, statuses=(304,)), 10 * count, CONNECTIONS
    )
    await line(place, "get", lambda _: place.get(f"/tasks/{place.task_id}"), 5 * count, CONNECTIONS)
    await line(place, "stats", lambda _: place.get(f"/stats?workspace_id={place.workspace_id}"), 5 * count, CONNECTIONS)
    return [
        at_least("cached lists a second per core", 1e6 / cached, 15_000, "a second"),
        at_least("lists that are still the same (304) a second per core", 1e6 / same, 15_000, "a second"),
        *await syncs(place, count),
    ]


async def syncs(place: Place, count: int) -> list[Figure]:
    """What it costs to catch up with nothing, with some creations and with ten times as many."""

    async def catch_up(what: str, times: int, connections: int) -> tuple[float, int]:
        changes = await changes_since(place)
        named = f"sync delta of {changes:,} changes"
        return await line(
            place, what or named, lambda _: place.get(f"/sync?cursor={place.cursor}"), times, connections
        ), changes

    nothing, _ = await catch_up("sync delta, nothing new", count, CONNECTIONS)
    await drive(place.server.port, lambda number: creation(place, number), count // 10, CONNECTIONS)
    few, some = await catch_up("", 100, 4)
    await line(place, "create", lambda number: creation(place, number), count, 4 * CONNECTIONS)
    much, many = await catch_up("", 50, 4)
    growth = (much - nothing) / many / ((few - nothing) / some)
    return [at_most(f"cost of each change in a sync of {many:,}, beside one of {some:,}", growth, 1.5, "times as much")]


async def changes_since(place: Place) -> int:
    """How many entries a sync brings."""
    connection = await Connection.open(place.server.port)
    _, body = await connection.ask(place.get(f"/sync?cursor={place.cursor}"))
    connection.close()
    return sum(json.loads(each)["type"] == "entry" for each in body.splitlines())


def creation(place: Place, number: int) -> Request:
    """A new task, with everything that a client sends along."""
    body = json.dumps({"id": new_id(), "title": f"Task number {number}", "project_id": place.project_id}).encode()
    key = f"Idempotency-Key: {new_id()}\r\n"
    return request("POST", "/tasks", place.token, body=body, headers=key, statuses=(201,))


async def streams(server: Server, tokens: list[str], count: int) -> list[Figure]:
    """So many open live streams of many people: what they cost."""
    memory, cpu = server.memory_mb(), server.cpu_seconds()
    opened = [await Connection.open(server.port) for _ in range(count)]
    for start in range(0, count, AT_ONCE):
        asked = [
            connection.stream(request("GET", "/events", tokens[(start + place) % len(tokens)]))
            for place, connection in enumerate(opened[start : start + AT_ONCE])
        ]
        await asyncio.gather(*asked)
    held = server.memory_mb()
    print(
        f"\n{count:,} live streams of {len(tokens)} people: {held:,.0f} MB in all, {held - memory:,.0f} MB more,"
        f" {1024 * (held - memory) / count:.0f} KiB each,"
        f" {1e3 * (server.cpu_seconds() - cpu) / count:.2f} ms of CPU to open one (load {os.getloadavg()[0]:.1f})"
    )
    for connection in opened:
        connection.close()
    return [at_most(f"memory with {count:,} live streams", held, 400, "MB")]


def started(server: Server, filled: Filled, tasks: int) -> list[Figure]:
    """What is known before the first request."""
    print(f"demo: {tasks:,} tasks made in {filled.cpu_seconds:.1f} s of CPU")
    print(f"ready after {server.ready_cpu_seconds:.2f} s of CPU\n")
    return [
        at_least("tasks of the demo, the program's start included", filled.tasks_a_second, 20_000, "a second"),
        at_most("ready after", server.ready_seconds, 2, "s"),
        at_most("idle", server.memory_mb(), 150, "MB"),
    ]


async def measure(folder: Path, people: int, tasks: int, count: int, live: int) -> list[Figure]:
    """The whole table."""
    filled = fill(folder, people, tasks)
    chosen = addresses(people)[: math.ceil(live / PER_PERSON)]
    tokens = await tokens_of(folder, chosen)
    with serving(folder) as server:
        figures = started(server, filled, tasks)
        place = await look_around(server, tokens[0])
        print(f"| {' | '.join(COLUMNS)} |\n{'|---' * len(COLUMNS)}|")
        figures += await requests(place, count)
    with serving(folder) as server:  # a fresh one: the caches of the one before are filled
        return figures + await streams(server, tokens, live)


def main() -> None:
    """Run everything."""
    options = argparse.ArgumentParser()
    options.add_argument("--quick", action="store_true")
    quick = options.parse_args().quick
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        size = (100, 5_000, 200, 500) if quick else (1_000, 200_000, 2_000, 10_000)
        figures = asyncio.run(measure(Path(folder), *size))
    print()
    figures += mixed.main(*(mixed.QUICK if quick else mixed.WHOLE))
    print()
    figures += asyncio.run(creations.main(960 if quick else 9_600))
    print(table(figures))


if __name__ == "__main__":
    main()
