"""`make bench`: a real server on 200,000 tasks, measured over HTTP, with the machine's load beside every line.

`python -m bench --quick` does the same with less data. The table goes to docs/performance.md.
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
from bench.server import Server, addresses, fill, serving, tokens_of
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


async def line(place: Place, what: str, make: Callable[[int], Request], count: int, connections: int) -> None:
    """Measure one sort of request and print its row."""
    await drive(place.server.port, make, min(count // 10, 200), connections)
    cpu = place.server.cpu_seconds()
    measured = await drive(place.server.port, lambda number: make(number + count), count, connections)
    cpu = place.server.cpu_seconds() - cpu
    print(row(what, measured, cpu, place.server), flush=True)


def row(what: str, measured: Measured, cpu: float, server: Server) -> str:
    """One row of the table."""
    times = " | ".join(f"{measured.percentile(share):.1f}" for share in (0.5, 0.95, 0.99))
    each = 1e6 * cpu / len(measured.seconds)
    return (
        f"| {what} | {measured.rate:,.0f} | {times} | {each:,.0f} us | {server.memory_mb():,.0f} MB"
        f" | {os.getloadavg()[0]:.1f} |"
    )


async def requests(place: Place, count: int) -> None:
    """Every sort of request that the product's targets name."""
    tasks = f"/tasks?workspace_id={place.workspace_id}&limit=50"
    unlike = f"{tasks}&sort=-updated_at&updated_after=1990-01-01T00:00:00."
    await line(place, "list 50, fresh", lambda number: place.get(f"{unlike}{number:06}Z"), count, CONNECTIONS)
    await line(place, "list 50, cached", lambda _: place.get(tasks), 10 * count, CONNECTIONS)
    unchanged = f"If-None-Match: {place.etag}\r\n"
    await line(
        place, "list 50, 304", lambda _: place.get(tasks, headers=unchanged, statuses=(304,)), 10 * count, CONNECTIONS
    )
    await line(place, "get", lambda _: place.get(f"/tasks/{place.task_id}"), 5 * count, CONNECTIONS)
    await line(place, "stats", lambda _: place.get(f"/stats?workspace_id={place.workspace_id}"), 5 * count, CONNECTIONS)
    await line(
        place, "sync delta, nothing new", lambda _: place.get(f"/sync?cursor={place.cursor}"), count, CONNECTIONS
    )
    await line(place, "create", lambda number: creation(place, number), count, 4 * CONNECTIONS)
    await line(place, "sync delta, after that", lambda _: place.get(f"/sync?cursor={place.cursor}"), 50, 4)


def creation(place: Place, number: int) -> Request:
    """A new task, with everything that a client sends along."""
    body = json.dumps({"id": new_id(), "title": f"Task number {number}", "project_id": place.project_id}).encode()
    key = f"Idempotency-Key: {new_id()}\r\n"
    return request("POST", "/tasks", place.token, body=body, headers=key, statuses=(201,))


async def streams(server: Server, tokens: list[str], count: int) -> None:
    """So many open live streams of many people: what they cost."""
    memory, cpu = server.memory_mb(), server.cpu_seconds()
    opened = [await Connection.open(server.port) for _ in range(count)]
    for start in range(0, count, AT_ONCE):
        asked = [
            connection.stream(request("GET", "/events", tokens[(start + place) % len(tokens)]))
            for place, connection in enumerate(opened[start : start + AT_ONCE])
        ]
        await asyncio.gather(*asked)
    memory = server.memory_mb() - memory
    print(
        f"\n{count:,} live streams of {len(tokens)} people: {server.memory_mb():,.0f} MB in all, {memory:,.0f} MB more,"
        f" {1024 * memory / count:.0f} KiB each,"
        f" {1e3 * (server.cpu_seconds() - cpu) / count:.2f} ms of CPU to open one (load {os.getloadavg()[0]:.1f})"
    )
    for connection in opened:
        connection.close()


async def measure(folder: Path, people: int, tasks: int, count: int, live: int) -> None:
    """The whole table."""
    rate = fill(folder, people, tasks)
    chosen = addresses(people)[: math.ceil(live / PER_PERSON)]
    tokens = await tokens_of(folder, chosen)
    with serving(folder) as server:
        print(f"demo: {tasks:,} tasks made at {rate:,.0f} a second, the start of the program included")
        print(f"ready after {server.ready_seconds:.2f} s, {server.ready_cpu_seconds:.2f} s of CPU")
        print(f"idle: {server.memory_mb():,.0f} MB\n")
        place = await look_around(server, tokens[0])
        print(f"| {' | '.join(COLUMNS)} |\n{'|---' * len(COLUMNS)}|")
        await requests(place, count)
    with serving(folder) as server:  # a fresh one: the caches of the one before are filled
        await streams(server, tokens, live)


def main() -> None:
    """Run everything."""
    options = argparse.ArgumentParser()
    options.add_argument("--quick", action="store_true")
    quick = options.parse_args().quick
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        size = (100, 5_000, 200, 500) if quick else (1_000, 200_000, 2_000, 10_000)
        asyncio.run(measure(Path(folder), *size))
    mixed.main(*(mixed.QUICK if quick else mixed.WHOLE))
    asyncio.run(creations.main(960 if quick else 9_600))


if __name__ == "__main__":
    main()
