"""What a list of 50 of 200,000 tasks costs, fresh: `python -m bench.lists [tasks] [projects]`."""

import asyncio
import random
import sys
from datetime import date, timedelta
from pathlib import Path

import msgspec
from msgspec.structs import asdict, replace

from bench.harness import Operation, database, measured, write
from headway.changes.work import Work
from headway.changes.writes import Writer
from headway.modules.tasks.actions.projects import add_project
from headway.modules.tasks.contracts import NewProject, NewTask, Task
from headway.modules.tasks.contracts.task_query import TaskQuery
from headway.modules.tasks.domain.access import Member
from headway.modules.tasks.queries.task_lists import list_tasks
from headway.modules.tasks.store.tasks import PRIORITIES, TASK, TASK_BY_ID, TaskRow
from headway.modules.tasks.store.workspaces import stream_of
from headway.platform.actor import Actor
from headway.platform.clock import SystemClock
from headway.platform.db.port import Database, Transaction
from headway.platform.db.statement import insert_into
from headway.platform.ids import new_id

BATCH = 10_000
CHOSEN = random.Random(7)


async def fill(opened: Database, writer: Writer, actor: Actor, count: int, projects: int) -> list[str]:
    """Make a workspace with so many tasks in so many projects; the projects' ids. The log is left out."""
    post = write("POST", "/tasks")
    first = msgspec.json.decode((await writer.perform(actor, Operation(post, NewTask("first"), {}))).answer, type=Task)
    template = await opened.reader.row(TASK_BY_ID, workspace_id=actor.id, id=first.id)
    assert template is not None
    now = SystemClock().now()

    async def make_projects(tx: Transaction) -> list[str]:
        work = Work(tx, stream_of(actor.id), actor.id, now)
        owner = Member(actor.id, actor.id, "owner")
        made = [await add_project(work, owner, NewProject(f"P{number}", f"P {number}")) for number in range(projects)]
        await work.finish()
        return [project.id for project in made]

    project_ids = await opened.write(make_projects)
    for start in range(0, count, BATCH):
        rows = [random_task(template, project_ids, number, actor.id) for number in range(start, start + BATCH)]

        async def insert(tx: Transaction, rows: list[TaskRow] = rows) -> None:
            await tx.execute_many(insert_into(TASK.table), [asdict(row) | dict(TASK.derived(row)) for row in rows])
            for row in rows:
                if TASK.follow is not None:
                    await TASK.follow(tx, None, row)

        await opened.write(insert)
    return project_ids


def random_task(template: TaskRow, project_ids: list[str], number: int, user_id: str) -> TaskRow:
    """A task like what people have: two of three closed, one of a hundred one's own."""
    at = template.created_at + timedelta(seconds=number)
    closed = CHOSEN.random() < 0.66
    return replace(
        template,
        id=new_id(),
        project_id=CHOSEN.choice(project_ids),
        number=number + 1,
        title=f"{CHOSEN.choice(('Fix', 'Paint', 'Order', 'Check'))} the {CHOSEN.choice(('roof', 'door'))} {number}",
        status="completed" if closed else "todo",
        status_category="completed" if closed else "todo",
        completed_at=at if closed else None,
        priority=CHOSEN.choice(PRIORITIES),
        due_date=date(2026, 1, 1) + timedelta(days=CHOSEN.randrange(500)) if CHOSEN.random() < 0.5 else None,
        position=f"b{number:06}",
        assignee_ids=(user_id,) if number % 100 == 0 else (),
        created_at=at,
        updated_at=at,
    )


async def main(count: int, projects: int) -> None:
    """Time the lists that the client shows."""
    actor = Actor(new_id())
    async with database(Path.cwd()) as (opened, writer):
        with measured("filling", count):
            (first, *_) = await fill(opened, writer, actor, count, projects)
        queries = {
            "a project by hand": TaskQuery(project_id=(first,), sort="position"),
            "a project's open tasks by priority": TaskQuery(project_id=(first,), completed=False, sort="-priority"),
            "a column": TaskQuery(project_id=(first,), status=("todo",), sort="position"),
            "the newest of a workspace": TaskQuery(workspace_id=actor.id),
            "the newest of everything": TaskQuery(),
            "open tasks by due date": TaskQuery(workspace_id=actor.id, completed=False, sort="due_date"),
            "one's own, open, due": TaskQuery(assignee_id=("me",), completed=False, due_before=date(2026, 12, 1)),
            "words": TaskQuery(workspace_id=actor.id, q="paint 77"),
        }
        for name, query in queries.items():
            page = await list_tasks(opened.reader, actor, query)
            with measured(f"{name} ({len(page.items)})", 200):
                for _ in range(200):
                    msgspec.json.encode(await list_tasks(opened.reader, actor, query))


if __name__ == "__main__":
    asyncio.run(main(*[int(each) for each in sys.argv[1:]] or [200_000, 20]))
