"""What somebody is told of."""

import pytest

from tests.notifications.office import Office

pytestmark = pytest.mark.anyio


async def test_who_is_assigned_is_told(office: Office) -> None:
    task = await office.task(assignee_ids=[office.ben.id])
    news, *_ = await office.told(office.ben)
    assert (news["kind"], news["task_id"], news["actor_id"]) == ("assigned", task["id"], office.ada.id)
    assert (news["title"], news["count"], news["read_at"]) == ("Fix the roof", 1, None)
