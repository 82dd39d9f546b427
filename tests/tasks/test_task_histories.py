"""Whatever people do to tasks, in whatever order: the log tells it all, and everything derived stays in step."""

import random
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import bindparam, select

from headway.modules.tasks.store.former_keys import former_keys
from headway.modules.tasks.store.search_sqlite import search_documents
from headway.modules.tasks.store.tasks import TASK, TaskRow, task_assignees, task_labels, tasks
from headway.platform.db.statement import command, rows_of
from tests.support.fold import assert_log_tells_rows
from tests.support.product import Person, Product

pytestmark = pytest.mark.anyio

STATUSES = ("backlog", "todo", "in_progress", "completed", "canceled")
EXPECTED = {200, 201, 204, 400, 409}


class History:
    """One person who does at random what can be done to tasks."""

    def __init__(self, person: Person, seed: int) -> None:
        self.person = person
        self.random = random.Random(seed)
        self.projects: list[str] = []
        self.labels: list[str] = []
        self.tasks: list[str] = []
        self.done: dict[str, int] = {}

    async def prepare(self) -> None:
        for number in range(3):
            project = await self.person.post("/projects", key=f"P{number}", name=f"Project {number}")
            label = await self.person.post("/labels", name=f"Label {number}")
            self.projects.append(project["id"])
            self.labels.append(label["id"])

    async def step(self) -> None:
        name = self.random.choice([*self.actions])
        answer = await (self.create() if not self.tasks else self.actions[name](self))
        assert answer.status_code in EXPECTED, answer.text
        if answer.is_success:
            self.done[name] = self.done.get(name, 0) + 1
            if answer.status_code == 201 and answer.json().get("key"):
                self.tasks.append(answer.json()["id"])

    def some(self) -> str:
        return f"/tasks/{self.random.choice(self.tasks)}"

    async def create(self) -> Any:  # Any: httpx's answer, here and below
        body: dict[str, Any] = {"title": f"Task {len(self.tasks)}", "status": self.random.choice(STATUSES)}
        if self.tasks and self.random.random() < 0.4:
            body["parent_id"] = self.random.choice(self.tasks)
        else:
            body["project_id"] = self.random.choice(self.projects)
        if self.random.random() < 0.5:
            body |= {"due_date": "2099-01-06", "recurrence": {"rule": "FREQ=WEEKLY"}}
        return await self.person.api.post("/tasks", json=body)

    async def edit(self) -> Any:
        choices: list[dict[str, Any]] = [
            {"title": f"Edited {self.random.random()}", "description": "words " * self.random.randrange(5)},
            {"status": self.random.choice(STATUSES), "priority": self.random.choice(("none", "urgent"))},
            {"project_id": self.random.choice(self.projects)},
            {"project_id": self.random.choice(self.projects), "status": self.random.choice(STATUSES)},
            {"parent_id": self.random.choice([None, *self.tasks])},
            {"label_ids": self.random.sample(self.labels, 2), "assignee_ids": [self.person.id]},
            {"due_date": None, "recurrence": None},
        ]
        return await self.person.api.patch(self.some(), json=self.random.choice(choices))

    async def edit_many(self) -> Any:
        ids = self.random.sample(self.tasks, min(3, len(self.tasks)))
        body = {"ids": ids, "patch": {"status": self.random.choice(STATUSES)}}
        return await self.person.api.patch("/tasks", json=body)

    async def place(self) -> Any:
        body = {self.random.choice(("before_id", "after_id")): self.random.choice(self.tasks)}
        return await self.person.api.put(f"{self.some()}/position", json=body)

    async def move(self) -> Any:
        body = {"project_id": self.random.choice(self.projects), "status": self.random.choice(STATUSES)}
        return await self.person.api.put(f"{self.some()}/position", json=body)

    async def close(self) -> Any:
        return await self.person.api.put(f"{self.some()}/closure")

    async def reopen(self) -> Any:
        return await self.person.api.delete(f"{self.some()}/closure")

    async def trash(self) -> Any:
        return await self.person.api.delete(self.some())

    async def restore(self) -> Any:
        return await self.person.api.put(f"{self.some()}/restoration")

    async def delete(self) -> Any:
        path = self.some()
        answer = await self.person.api.delete(path, params={"permanently": "true"})
        if answer.is_success:
            await self.forget()
        return answer

    async def forget(self) -> None:
        """Deleting takes subtasks along."""
        known = [*self.tasks]
        self.tasks = [each for each in known if (await self.person.api.get(f"/tasks/{each}")).is_success]

    async def duplicate(self) -> Any:
        return await self.person.api.post(f"{self.some()}/duplicate")

    async def comment(self) -> Any:
        return await self.person.api.post(f"{self.some()}/comments", json={"body": "A word"})

    async def check(self) -> Any:
        return await self.person.api.post(f"{self.some()}/checklist", json={"text": "A thing"})

    async def assign(self) -> Any:
        return await self.person.api.put(f"{self.some()}/assignees/{self.person.id}")

    async def unassign(self) -> Any:
        return await self.person.api.delete(f"{self.some()}/assignees/{self.person.id}")

    async def label(self) -> Any:
        return await self.person.api.put(f"{self.some()}/labels/{self.random.choice(self.labels)}")

    actions: dict[str, Callable[["History"], Awaitable[Any]]] = {  # noqa: RUF012 - a table of the methods above
        name: method
        for name, method in list(locals().items())
        if callable(method) and not name.startswith("_") and name not in {"prepare", "step", "some", "forget"}
    }


@pytest.mark.parametrize("seed", [1, 2])
async def test_a_random_history_is_told_by_the_log_and_keeps_what_is_derived_in_step(
    product: Product, seed: int, long_run: bool
) -> None:
    history = History(await product.person("Ada"), seed)
    await history.prepare()

    for _ in range(2_000 if long_run else 200):
        await history.step()

    assert set(history.done) == set(History.actions), "some action never succeeded"
    await assert_log_tells_rows(product, history.person.id)
    await assert_derived(product, history.person.id)


async def assert_derived(product: Product, workspace_id: str) -> None:
    """Columns, links and index entries are what the rows say."""
    reader = product.monolith.database.reader
    owner = {"owner": workspace_id}
    rows = await reader.rows(rows_of(tasks, TaskRow, tasks.c.workspace_id == bindparam("owner")), **owner)
    columns = [tasks.c[name] for name in ("id", "state", "due_key", "title_key")]
    derived = await reader.rows(command(select(*columns).where(tasks.c.workspace_id == bindparam("owner"))), **owner)
    assert {row.id: tuple(TASK.derived(row).values()) for row in rows} == {key: tuple(rest) for key, *rest in derived}
    for table, column, field in ((task_assignees, "user_id", "assignee_ids"), (task_labels, "label_id", "label_ids")):
        wanted = select(table.c.task_id, table.c[column]).where(table.c.workspace_id == bindparam("owner"))
        links = await reader.rows(command(wanted), **owner)
        assert set(links) == {(row.id, linked) for row in rows for linked in getattr(row, field)}
    found = select(search_documents.c.id).where(
        search_documents.c.workspace_id == bindparam("owner"), search_documents.c.kind == "task"
    )
    indexed = [row[0] for row in await reader.rows(command(found), **owner)]
    assert sorted(indexed) == sorted(row.id for row in rows if row.trashed_at is None)
    forwards = select(former_keys.c.task_id).where(former_keys.c.workspace_id == bindparam("owner"))
    assert {row[0] for row in await reader.rows(command(forwards), **owner)} <= {row.id for row in rows}
    numbers = [(row.project_id, row.number) for row in rows]
    assert len(set(numbers)) == len(numbers)
