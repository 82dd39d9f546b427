"""What happens in the recorded cases of sync: each history is told to one watcher, step by step.

A history makes what is there before, calls `begin` (the watcher's snapshot), and `then` after each thing that happens.
"""

from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType
from typing import Any, Final, Protocol

from tests.support.product import Person
from tests.tasks.team import Team, delete, join


class Told(Protocol):
    """Records what the watcher is told."""

    team: Team

    async def begin(self) -> None:
        """Take the snapshot that the rest follows on."""

    async def then(self, did: str) -> None:
        """Tell the watcher what happened since the last step."""


async def tasks_are_made_and_edited(told: Told) -> None:
    team = told.team
    project = await team.project()
    first = await team.task(project)
    await told.begin()
    second = await team.task(project, title="Mend the gutter", priority="high", description="Before the rain")
    await told.then("Ada makes a task")
    await team.ben.patch(f"/tasks/{first['id']}", title="Fix the whole roof", due_date="2026-12-01")
    await team.ada.patch(f"/tasks/{first['id']}", estimate_minutes=90)
    await told.then("Ben renames a task and plans it, and Ada estimates it")
    await team.ada.put(f"/tasks/{second['id']}/assignees/{team.cleo.id}")
    await told.then("Cleo is to do it")


async def tasks_are_closed_and_opened_again(told: Told) -> None:
    team = told.team
    project = await team.project()
    task = await team.task(project, recurrence={"rule": "FREQ=WEEKLY"}, due_date="2026-11-24")
    other = await team.task(project, title="Paint the wall")
    await told.begin()
    await team.ada.put(f"/tasks/{task['id']}/closure")
    await told.then("Ada closes a task that repeats, and the next one is made")
    await team.ada.put(f"/tasks/{other['id']}/closure", status="canceled")
    await told.then("Ada cancels a task")
    await team.ben.delete(f"/tasks/{other['id']}/closure")
    await told.then("Ben opens it again")


async def a_task_is_moved_to_another_project(told: Told) -> None:
    team = told.team
    here, there = await team.project(), await team.project(key="SHOP", name="The shop")
    task = await team.task(here)
    await team.task(here, title="Buy slates", parent_id=task["id"])
    await told.begin()
    await team.ada.patch(f"/tasks/{task['id']}", project_id=there["id"])
    await told.then("Ada moves a task with its subtask to another project")
    await team.ada.patch(f"/tasks/{task['id']}", title="Fix the roof of the shop")
    await told.then("Ada renames it there")
    await team.ada.patch(f"/tasks/{task['id']}", project_id=here["id"])
    await told.then("Ada moves it back")


async def a_task_moves_out_of_sight_and_back(told: Told) -> None:
    team = told.team
    here, hidden = await team.project(), await team.project(key="PAY", name="Salaries", access="private")
    task = await team.task(here)
    await team.ada.post(f"/tasks/{task['id']}/checklist", text="Measure")
    await told.begin()
    await team.ada.patch(f"/tasks/{task['id']}", project_id=hidden["id"])
    await told.then("Ada moves a task to a project that Cleo does not see")
    await team.ada.patch(f"/tasks/{task['id']}", title="Raise the pay")
    await told.then("Ada renames it there")
    await team.ada.patch(f"/tasks/{task['id']}", project_id=here["id"])
    await told.then("Ada moves it back")


async def a_project_becomes_private_and_open_again(told: Told) -> None:
    team = told.team
    project = await team.project()
    task = await team.task(project)
    await told.begin()
    await team.ada.patch(f"/projects/{project['id']}", access="private")
    await told.then("Ada makes the project private")
    await team.ada.patch(f"/tasks/{task['id']}", title="Fix the roof in secret")
    await team.task(project, title="Hide the ladder")
    await told.then("Ada goes on in it")
    await team.ada.patch(f"/projects/{project['id']}", access="open")
    await told.then("Ada opens the project")
    await team.ada.patch(f"/tasks/{task['id']}", title="Fix the roof")
    await told.then("Ada renames the task")


async def a_guest_is_let_in_and_out(told: Told) -> None:
    team = told.team
    project = await team.project()
    task = await team.task(project)
    label = await team.ada.post("/labels", workspace_id=team.id, name="Leak")
    await team.ada.put(f"/tasks/{task['id']}/labels/{label['id']}")
    place = f"/projects/{project['id']}/members/{team.dan.id}"
    await told.begin()
    await team.ada.put(place, level="view")
    await told.then("Ada shares the project with Dan")
    await team.ada.patch(f"/tasks/{task['id']}", title="Fix the roof together")
    await told.then("Ada renames the task")
    await team.ada.put(place, level="edit")
    await team.dan.patch(f"/tasks/{task['id']}", priority="urgent")
    await told.then("Dan may edit, and does")
    await team.ada.delete(place)
    await told.then("Ada takes Dan out again")


async def tasks_go_to_the_trash_and_come_back(told: Told) -> None:
    team = told.team
    project = await team.project()
    task, before = await team.task(project), await team.task(project, title="Thrown away before")
    await team.ada.post(f"/tasks/{task['id']}/checklist", text="Measure")
    await team.ada.delete(f"/tasks/{before['id']}")
    await told.begin()
    await team.ada.delete(f"/tasks/{task['id']}")
    await told.then("Ada puts a task into the trash")
    await team.ada.put(f"/tasks/{task['id']}/restoration")
    await told.then("Ada takes it out")
    await team.ada.put(f"/tasks/{before['id']}/restoration")
    await told.then("Ada takes out another that was in the trash before")


async def a_task_is_deleted_for_good(told: Told) -> None:
    team = told.team
    project = await team.project()
    task, other = await team.task(project), await team.task(project, title="Paint the wall")
    await team.ada.post(f"/tasks/{task['id']}/checklist", text="Measure")
    await team.ada.post(f"/tasks/{task['id']}/relations", kind="blocks", task_id=other["id"])
    await told.begin()
    await team.ada.delete(f"/tasks/{task['id']}")
    await delete(team.ada, f"/tasks/{task['id']}", permanently=True)
    await told.then("Ada deletes a task for good")
    await team.ada.patch(f"/tasks/{other['id']}", title="Paint all walls")
    await told.then("Ada renames the other")


async def what_was_done_is_undone(told: Told) -> None:
    team = told.team
    project = await team.project()
    task = await team.task(project)
    await told.begin()
    renamed = await team.ada.api.patch(f"/tasks/{task['id']}", json={"title": "Tear it down", "priority": "low"})
    await told.then("Ada changes a task")
    await team.ada.post("/undo", action_id=renamed.headers["headway-action"])
    await told.then("Ada takes that back")
    trashed = await team.ada.api.delete(f"/tasks/{task['id']}")
    await team.ada.post("/undo", action_id=trashed.headers["headway-action"])
    await told.then("Ada throws it away, and takes that back")


async def people_comment(told: Told) -> None:
    team = told.team
    project = await team.project()
    task = await team.task(project)
    await told.begin()
    comment = await team.ada.post(f"/tasks/{task['id']}/comments", body="It leaks in two places")
    await told.then("Ada comments")
    await team.ada.patch(f"/comments/{comment['id']}", body="It leaks in three places")
    await team.ben.post(f"/tasks/{task['id']}/comments", body="I have a ladder")
    await told.then("Ada corrects herself, and Ben answers")
    await team.ada.delete(f"/comments/{comment['id']}")
    await told.then("Ada deletes her comment")


async def labels_are_made_and_deleted(told: Told) -> None:
    team = told.team
    task = await team.task(await team.project())
    await told.begin()
    label = await team.ada.post("/labels", workspace_id=team.id, name="Leak", color="red")
    await team.ada.put(f"/tasks/{task['id']}/labels/{label['id']}")
    await told.then("Ada labels a task")
    await team.ada.patch(f"/labels/{label['id']}", name="Leaks", color="blue")
    await told.then("Ada renames the label")
    await team.ada.delete(f"/labels/{label['id']}")
    await told.then("Ada deletes the label")


async def people_join_change_and_leave(told: Told) -> None:
    team = told.team
    await told.begin()
    await join(team, team.eve, "member")
    await told.then("Eve joins")
    await team.ada.patch(f"/workspaces/{team.id}/members/{team.eve.id}", role="admin")
    await told.then("Eve becomes an admin")
    await team.ada.delete(f"/workspaces/{team.id}/members/{team.eve.id}")
    await told.then("Eve is taken out")


async def the_watcher_leaves_and_comes_again(told: Told) -> None:
    team = told.team
    project = await team.project()
    await team.task(project)
    await told.begin()
    await team.ada.delete(f"/workspaces/{team.id}/members/{team.cleo.id}")
    await told.then("Cleo is taken out of the workspace")
    await team.task(project, title="While Cleo was away")
    await told.then("Ada goes on")
    await join(team, team.cleo, "admin")
    await told.then("Cleo is back, as an admin")
    await team.task(project, title="Welcome Cleo", assignee_ids=[team.cleo.id])
    await told.then("Ada makes a task for Cleo")


async def steps_and_relations_of_a_task_change(told: Told) -> None:
    team = told.team
    project = await team.project()
    task, other = await team.task(project), await team.task(project, title="Paint the wall")
    first = await team.ada.post(f"/tasks/{task['id']}/checklist", text="Measure")
    await told.begin()
    await team.ada.patch(f"/checklist/{first['id']}", is_done=True)
    second = await team.ada.post(f"/tasks/{task['id']}/checklist", text="Order slates")
    await told.then("Ada ticks a step and adds one")
    relation = await team.ada.post(f"/tasks/{task['id']}/relations", kind="blocks", task_id=other["id"])
    await told.then("Ada says that it blocks another")
    await team.ada.delete(f"/checklist/{second['id']}")
    await team.ada.delete(f"/relations/{relation['id']}")
    await told.then("Ada takes both away again")


async def a_project_lives_and_goes(told: Told) -> None:
    team = told.team
    await told.begin()
    project = await team.project()
    task = await team.task(project)
    await told.then("Ada makes a project with a task")
    status = await team.ada.post(f"/projects/{project['id']}/statuses", name="Waiting", category="todo")
    await team.ada.patch(f"/tasks/{task['id']}", status=status["key"])
    await told.then("Ada adds a status and uses it")
    await team.ada.patch(f"/projects/{project['id']}", name="The roof")
    await team.ada.put(f"/projects/{project['id']}/archive")
    await told.then("Ada renames the project and archives it")
    await delete(team.ada, f"/projects/{project['id']}", with_tasks=True)
    await told.then("Ada puts the project into the trash")


HISTORIES: Final[Mapping[str, Callable[[Told], Awaitable[None]]]] = MappingProxyType(
    {
        history.__name__: history
        for history in (
            tasks_are_made_and_edited,
            tasks_are_closed_and_opened_again,
            a_task_is_moved_to_another_project,
            a_task_moves_out_of_sight_and_back,
            a_project_becomes_private_and_open_again,
            a_guest_is_let_in_and_out,
            tasks_go_to_the_trash_and_come_back,
            a_task_is_deleted_for_good,
            what_was_done_is_undone,
            people_comment,
            labels_are_made_and_deleted,
            people_join_change_and_leave,
            the_watcher_leaves_and_comes_again,
            steps_and_relations_of_a_task_change,
            a_project_lives_and_goes,
        )
    }
)


def watcher_of(history: str, team: Team) -> Person:
    """Who is told: Cleo, or Dan where it is about a guest."""
    return team.dan if "guest" in history else team.cleo


Line = dict[str, Any]
"""A line of /sync or an event, as JSON. Any: each kind has its own fields."""
