"""A client that begins anew is told what it shows first before the rest."""

import json
from typing import Any

import pytest

from tests.tasks.team import Team

pytestmark = pytest.mark.anyio


async def objects_told(team: Team) -> list[Any]:  # Any: lines of /sync
    answer = await team.cleo.api.get("/sync")
    lines = [json.loads(line) for line in answer.text.splitlines()]
    return [line for line in lines if line["type"] == "object" and line["stream"] == f"workspace:{team.id}"]


async def test_open_tasks_come_before_closed_ones_and_these_before_what_hangs_on_them(team: Team) -> None:
    project = await team.project()
    tasks = [await team.task(project, title=f"Task {number}") for number in range(6)]
    for closed in tasks[:3]:
        await team.ada.put(f"/tasks/{closed['id']}/closure")
        await team.ada.post(f"/tasks/{closed['id']}/checklist", text="Look")

    told = await objects_told(team)

    first_seen = list(dict.fromkeys((line["kind"], line["fields"].get("status_category")) for line in told))
    assert first_seen.index(("project", None)) < first_seen.index(("task", "todo"))
    open_tasks = [line["id"] for line in told if line["fields"].get("status_category") == "todo"]
    assert open_tasks == sorted(task["id"] for task in tasks[3:])
    kinds = [line["kind"] + ("" if line["id"] in open_tasks else " closed") for line in told if line["kind"] == "task"]
    assert kinds[: len(open_tasks)] == ["task"] * len(open_tasks)
    assert [line["kind"] for line in told].index("checklist_item") > max(
        index for index, line in enumerate(told) if line["kind"] == "task"
    )
