"""How many tasks a second are durably made by 64 concurrent callers: `python -m bench.creations [count]`."""

import asyncio
import sys
from pathlib import Path

from bench.harness import Operation, database, measured, write
from bench.targets import Figure, at_least, table
from headway.modules.tasks.contracts import NewTask
from headway.platform.actor import Actor
from headway.platform.ids import new_id

CALLERS = 64
TARGET = 3_000


async def main(count: int) -> list[Figure]:
    """Make tasks in one workspace and in as many as there are callers, without and with an idempotency key."""
    post = write("POST", "/tasks")
    figures = []
    async with database(Path.cwd()) as (_, writer):
        for workspaces in (1, CALLERS):
            owners = [Actor(new_id()) for _ in range(workspaces)]
            for owner in owners:
                await writer.perform(owner, Operation(post, NewTask(title="first"), {}))

            async def call(owner: Actor, keyed: bool) -> None:
                for number in range(count // CALLERS):
                    body = NewTask(title=f"Task {number} of somebody with things to do", description="a few words")
                    await writer.perform(owner, Operation(post, body, {}, new_id() if keyed else None))

            for keyed in (False, True):
                words = "with" if keyed else "without"
                named = f"durable creations in {workspaces} workspaces {words} idempotency key"
                with measured(named, count) as rate:
                    await asyncio.gather(*(call(owners[number % workspaces], keyed) for number in range(CALLERS)))
                figures.append(at_least(named, rate.a_second, TARGET, "a second"))
    return figures


if __name__ == "__main__":
    print(table(asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 9_600))))
