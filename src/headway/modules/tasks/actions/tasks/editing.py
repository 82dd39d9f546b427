"""Fields of a task change, each on its own: what a request leaves out stays as it is."""

from typing import Any

from msgspec import UNSET
from msgspec.structs import replace

from headway.changes.work import Work
from headway.modules.tasks.actions.tasks.closure import after_status, status_changes
from headway.modules.tasks.actions.tasks.descriptions import Description, merged_description
from headway.modules.tasks.actions.tasks.hierarchy import check_parent
from headway.modules.tasks.actions.tasks.labelling import check_labels
from headway.modules.tasks.actions.tasks.moving import Move, begin_move
from headway.modules.tasks.actions.tasks.people import check_see_project, together
from headway.modules.tasks.actions.tasks.places import status_of
from headway.modules.tasks.actions.tasks.schedule import check_dates, recurrence_of
from headway.modules.tasks.actions.tasks.trash import live_task
from headway.modules.tasks.contracts import BulkPatch, EditedTask, TaskItems, TaskPatch
from headway.modules.tasks.domain.access import Member
from headway.modules.tasks.store.projects import ProjectRow
from headway.modules.tasks.store.tasks import TASK, TaskRow
from headway.modules.tasks.views import edited_view, task_view
from headway.platform.web.patches import given

# Any: values of the row's fields, here and below.
Changes = dict[str, Any]


async def edit_task(work: Work, member: Member, body: TaskPatch, *, task_id: str) -> EditedTask:
    """Change fields of a task. A description that was edited from an older version (`base_version`) is merged."""
    row, project = await live_task(work, member, task_id)
    edit = Edit(work, member, row, project, body)
    row, project = await edit.run()
    return edited_view(row, project.key, edit.merge)


async def edit_tasks(work: Work, member: Member, body: BulkPatch) -> TaskItems:
    """Make the same changes to many tasks of one workspace; all or none. It is undone as one."""
    edited = []
    for task_id in dict.fromkeys(body.ids):
        row, project = await live_task(work, member, task_id)
        row, project = await Edit(work, member, row, project, body.patch).run()
        edited.append(task_view(row, project.key, with_description=False))
    return TaskItems(edited)


class Edit:
    """One task and the fields to change. `merge` says afterwards what became of the description."""

    def __init__(self, work: Work, member: Member, row: TaskRow, project: ProjectRow, patch: TaskPatch) -> None:
        self.merge: Any = None  # Any: as in Description.merge
        self._work = work
        self._member = member
        self._row = row
        self._project = project
        self._patch = patch
        self._given = given(patch)

    async def run(self) -> tuple[TaskRow, ProjectRow]:
        """Make the changes in one update; the row and its project afterwards."""
        work, row = self._work, self._row
        changes = self._plain()
        changes |= self._schedule()
        changes |= await self._description()
        move = await self._move(changes)
        changes |= await self._status()
        changes |= await self._parent(move)
        changes |= await self._people(move)
        changes |= await self._labels()
        after = await work.update(TASK, row, **changes)
        if move is not None:
            await move.follow(row, after)
        await after_status(work, row, after, self._project)
        return after, self._project

    def _plain(self) -> Changes:
        return {name: self._given[name] for name in ("title", "priority", "estimate_minutes") if name in self._given}

    def _schedule(self) -> Changes:
        names = ("start_date", "due_date", "due_time", "due_zone", "recurrence")
        changes = {name: self._given[name] for name in names if name in self._given}
        if not changes:
            return {}
        row = self._row
        if changes.get("due_date", row.due_date) is None:
            changes = {"due_time": None, "due_zone": None, **changes}
        if changes.get("due_time", row.due_time) is None:
            changes = {"due_zone": None, **changes}
        recurrence = changes.pop("recurrence", UNSET)
        dates = replace(row, **changes)
        changes["due_at"] = check_dates(dates.start_date, dates.due_date, dates.due_time, dates.due_zone)
        if recurrence is not UNSET:
            changes["recurrence"] = recurrence_of(recurrence, dates.due_date, dates.due_zone)
        return changes

    async def _description(self) -> Changes:
        written = self._patch.description
        if written is UNSET:
            return {}
        merged: Description = await merged_description(self._work, self._row, written, self._patch)
        self.merge = merged.merge
        return {"description": merged.text}

    async def _move(self, changes: Changes) -> Move | None:
        """Enter another project; the rest of the edit then goes by that project's rules."""
        project_id = self._patch.project_id
        if project_id is UNSET or project_id == self._row.project_id:
            return None
        people = None if self._patch.assignee_ids is UNSET else self._patch.assignee_ids
        move = await begin_move(self._work, self._member, self._row, project_id, people)
        changes |= await move.changes(self._row)
        self._project = move.target
        return move

    async def _status(self) -> Changes:
        if self._patch.status is UNSET:
            return {}
        status = await status_of(self._work, self._project, self._patch.status)
        return await status_changes(self._work, self._row, self._project, status)

    async def _parent(self, move: Move | None) -> Changes:
        parent_id = self._patch.parent_id
        if parent_id is UNSET:
            return {} if move is None else {"parent_id": None}
        if parent_id is not None and (parent_id != self._row.parent_id or move is not None):
            await check_parent(self._work, self._project, parent_id, self._row)
        return {"parent_id": parent_id}

    async def _people(self, move: Move | None) -> Changes:
        wanted = self._patch.assignee_ids
        if wanted is UNSET:
            return {}
        people = together(wanted, ())
        new = [user_id for user_id in people if user_id not in self._row.assignee_ids]
        if move is None:
            await check_see_project(self._work, self._project, new)
        return {"assignee_ids": people, "watcher_ids": together(self._row.watcher_ids, new)}

    async def _labels(self) -> Changes:
        wanted = self._patch.label_ids
        if wanted is UNSET:
            return {}
        labels = together(wanted, ())
        await check_labels(self._work, [label_id for label_id in labels if label_id not in self._row.label_ids])
        return {"label_ids": labels}
