"""What is old and read goes; whoever is erased leaves nothing behind."""

from pathlib import Path

import pytest

from headway.changes.contracts import Stream
from headway.changes.log import read_after
from headway.modules.notifications.jobs.retention import NAME
from headway.platform.db.port import Transaction
from headway.platform.jobs import enqueue
from tests.notifications.office import Office, open_office
from tests.support.fold import fold
from tests.support.product import PASSWORD

pytestmark = pytest.mark.anyio


async def clean_up(office: Office) -> None:
    """Run the job that a schedule queues every night."""

    async def act(tx: Transaction) -> None:
        await enqueue(tx, NAME, {}, office.clock.now())

    await office.product.monolith.database.write(act)
    await office.settled()


async def test_read_notifications_go_after_the_set_time_and_unread_ones_stay(tmp_path: Path) -> None:
    async with open_office(tmp_path, inbox_retention_days=2) as office:
        for title in ("Read", "Unread"):
            await office.task(title=title, assignee_ids=[office.ben.id])
        read = next(each for each in await office.told(office.ben) if each["title"] == "Read")
        await office.ben.patch(f"/notifications/{read['id']}", read=True)

        await office.pass_time(days=2)
        await clean_up(office)
        assert {each["title"] for each in await office.told(office.ben)} == {"Read", "Unread"}

        await office.pass_time(seconds=1)
        await clean_up(office)
        assert [each["title"] for each in await office.told(office.ben)] == ["Unread"]
        reader = office.product.monolith.database.reader
        held = fold(await read_after(reader, Stream("inbox", office.ben.id), 0))
        assert [fields["title"] for _, _, fields in held.values()] == ["Unread"]


async def test_whoever_is_erased_leaves_nothing_behind(office: Office) -> None:
    task = await office.task(assignee_ids=[office.ben.id], due_date="2026-11-30")
    await office.ben.post(f"/tasks/{task['id']}/reminders", minutes_before=60)
    await office.ben.put(f"/notifications/mutes/projects/{office.project}")
    await office.ben.patch("/notifications/preferences", kinds={"due": {"mail": False}})
    await office.settled()
    answer = await office.ben.api.request("DELETE", "/users/me", json={"password": PASSWORD})
    assert answer.is_success, answer.text
    await office.settled()

    reader = office.product.monolith.database.reader
    entries = await read_after(reader, Stream("inbox", office.ben.id), 0)
    assert fold_is_empty([each.entry.fields for each in entries] + [each.before for each in entries])
    office.clock.at = office.clock.at.replace(day=30)
    await office.settled()
    assert await read_after(reader, Stream("inbox", office.ben.id), entries[-1].entry.version) == []
    assert office.mails(office.ben) == []


def fold_is_empty(told: list[dict[str, object]]) -> bool:
    """Whether nothing is said any more."""
    return bool(told) and not any(told)
