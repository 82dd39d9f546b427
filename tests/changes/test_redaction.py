"""What is forgotten of a stream is forgotten in the log and in the history that outlives it; the rest stays."""

from datetime import timedelta

import pytest
from sqlalchemy import bindparam, select

from headway.changes.contracts import Stream, person_scope
from headway.changes.log import NEWEST, newest, read_after, version_of
from headway.changes.redaction import redact, redact_scope, redact_subjects
from headway.changes.retention import compact
from headway.changes.schema import idempotency
from headway.platform.db.statement import command
from tests.support.product import Product

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("by", ["scope", "subjects"])
async def test_what_was_said_of_some_objects_is_forgotten_wherever_it_is_kept(product: Product, by: str) -> None:
    ada = await product.person("Ada")
    database, stream = product.monolith.database, Stream("workspace", ada.id)
    old = await ada.post("/views", workspace_id=ada.id, name="In the history")
    await ada.post("/labels", workspace_id=ada.id, name="The newest entry stays in the log")
    await product.settled()
    assert await compact(database, {}, product.monolith.clock.now(), timedelta(0)) > 0
    new = await ada.post("/views", workspace_id=ada.id, name="In the log")
    assert old["id"] not in {each.entry.id for each in await read_after(database.reader, stream, 0)}
    before = await newest(database.reader, stream, NEWEST, 1_000)

    if by == "scope":
        await database.write(lambda tx: redact_scope(tx, stream, person_scope(ada.id), ["view"]))
    else:
        await database.write(lambda tx: redact_subjects(tx, stream, [old["id"], new["id"]]))

    after = await newest(database.reader, stream, NEWEST, 1_000)
    assert [each.entry.version for each in after] == list(range(await version_of(database.reader, stream), 0, -1))
    views = {old["id"], new["id"]}
    assert {each.entry.id for each in before if each.entry.id in views and each.entry.fields} == views
    assert not any(each.entry.fields or each.before for each in after if each.entry.id in views)
    assert [each for each in after if each.entry.id not in views] == [
        each for each in before if each.entry.id not in views
    ]


async def test_answers_kept_for_repeats_are_forgotten_with_their_stream(product: Product) -> None:
    ada = await product.person("Ada")
    database, stream = product.monolith.database, Stream("workspace", ada.id)
    kept = command(select(idempotency.c.answer).where(idempotency.c.stream_owner == bindparam("owner")))
    view = {"workspace_id": ada.id, "name": "Told once"}
    assert (await ada.api.post("/views", json=view, headers={"Idempotency-Key": "one"})).status_code == 201
    assert len(await database.reader.rows(kept, owner=ada.id)) == 1

    await database.write(lambda tx: redact(tx, stream, NEWEST))

    assert await database.reader.rows(kept, owner=ada.id) == []
