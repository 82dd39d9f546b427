"""The main job, end to end: somebody signs up, makes a task, and it is in the database and in the log."""

import pytest

from headway.changes.contracts import Stream
from headway.changes.log import read_after
from tests.support.product import Product

pytestmark = pytest.mark.anyio


async def test_a_task_that_somebody_makes_is_answered_kept_and_logged(product: Product) -> None:
    ada = await product.person("Ada")

    made = await ada.post("/tasks", title="Buy milk")

    assert made["title"] == "Buy milk"
    assert made["key"] == "INBOX-1"
    assert await ada.get(f"/tasks/{made['id']}") == made
    log = await read_after(product.monolith.database.reader, Stream("workspace", ada.id), 0)
    assert [(each.entry.op, each.entry.fields["title"]) for each in log if each.entry.kind == "task"] == [
        ("create", "Buy milk")
    ]


async def test_another_person_does_not_find_the_task(product: Product) -> None:
    ada, ben = await product.person("Ada"), await product.person("Ben")
    made = await ada.post("/tasks", title="Mine alone")

    answer = await ben.api.get(f"/tasks/{made['id']}")

    assert answer.status_code == 404
    assert answer.json()["code"] == "not_found"
