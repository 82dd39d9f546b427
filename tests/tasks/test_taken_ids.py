"""Clients make ids. One that is used already makes nothing else, whatever it was to be."""

from typing import Any

import pytest

from headway.platform.ids import new_id
from tests.tasks.team import Team, refusal

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("path", "first", "second"),
    [
        ("/tasks", {"project_id": "{project}", "title": "One"}, {"title": "Two"}),
        ("/tasks/{task}/comments", {"body": "One"}, {"body": "Two"}),
        ("/tasks/{task}/checklist", {"text": "One"}, {"text": "Two"}),
        ("/tasks/{task}/relations", {"kind": "blocks", "task_id": "{other}"}, {"kind": "relates"}),
        ("/tasks/{task}/reminders", {"at": "2099-01-01T09:00:00Z"}, {"at": "2099-01-02T09:00:00Z"}),
        ("/projects", {"workspace_id": "{workspace}", "key": "ONE", "name": "One"}, {"key": "TWO"}),
        ("/projects/{project}/statuses", {"name": "One", "category": "todo"}, {"name": "Two"}),
        ("/labels", {"workspace_id": "{workspace}", "name": "One"}, {"name": "Two"}),
        ("/views", {"workspace_id": "{workspace}", "name": "One", "layout": "list"}, {"name": "Two"}),
        (
            "/workspaces/{workspace}/invitations",
            {"email": "one@example.com", "role": "member"},
            {"email": "two@example.com"},
        ),
    ],
)
async def test_a_taken_id_is_refused(team: Team, path: str, first: dict[str, Any], second: dict[str, Any]) -> None:
    project = await team.project()
    task, other = await team.task(project), await team.task(project)
    ids = {"workspace": team.id, "project": project["id"], "task": task["id"], "other": other["id"]}
    body = {"id": new_id(), **{name: value.format(**ids) for name, value in first.items()}}

    made = await team.ada.api.post(path.format(**ids), json=body)
    again = await team.ada.api.post(path.format(**ids), json={**body, **second})

    assert made.status_code == 201, made.text
    assert refusal(again) == (409, "id_taken")
