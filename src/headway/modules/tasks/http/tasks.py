"""Routes of tasks."""

from functools import partial
from typing import Final

from headway.changes.writes import Write
from headway.modules.tasks import contracts, service
from headway.modules.tasks.actions.tasks import closure, editing, labelling, people, trash
from headway.modules.tasks.actions.tasks.creation import create_task
from headway.modules.tasks.actions.tasks.duplication import duplicate_task
from headway.modules.tasks.actions.tasks.placement import place_task
from headway.modules.tasks.contracts.task_query import ByKey, TaskQuery
from headway.modules.tasks.queries import task_lists, tasks
from headway.platform.web.routes import Read, Route

# A change of tasks by somebody who may edit their project; of one task unless `locate` says otherwise.
_change: Final = partial(Write, enter=service.enter_workspace, needs="project:edit", tag="tasks")
_edit: Final = partial(_change, locate=service.by_task, answer=contracts.Task)
_read: Final = partial(Read, needs="project:view", tag="tasks", answer=contracts.Task)

ROUTES: Final[tuple[Route, ...]] = (
    Read(
        path="/tasks",
        query=TaskQuery,
        act=task_lists.list_tasks,
        depends=task_lists.depends,
        needs="self",
        tag="tasks",
        answer=contracts.TaskPage,
    ),
    _change(
        method="POST",
        path="/tasks",
        body=contracts.NewTask,
        act=create_task,
        locate=service.by_new_task,
        answer=contracts.Task,
        status=201,
        codes=("id_taken", "no_access", "project_archived", "too_deep"),
    ),
    _change(
        method="PATCH",
        path="/tasks",
        body=contracts.BulkPatch,
        act=editing.edit_tasks,
        locate=service.by_tasks,
        answer=contracts.TaskItems,
        codes=("in_trash", "no_access", "parent_cycle", "project_archived", "too_deep"),
    ),
    _read(path="/tasks/by-key/{key:str}", query=ByKey, act=tasks.get_task_by_key, codes=("moved",)),
    _read(path="/tasks/{task_id}", act=tasks.get_task, depends=tasks.task_depends, codes=("moved",)),
    _edit(
        method="PATCH",
        path="/tasks/{task_id}",
        body=contracts.TaskPatch,
        act=editing.edit_task,
        answer=contracts.EditedTask,
        codes=("in_trash", "no_access", "parent_cycle", "project_archived", "too_deep"),
    ),
    _edit(
        method="DELETE",
        path="/tasks/{task_id}",
        query=contracts.Removal,
        act=trash.remove_task,
        answer=None,
        status=204,
        codes=("not_in_trash",),
    ),
    _edit(
        method="PUT",
        path="/tasks/{task_id}/closure",
        body=contracts.Closing,
        act=closure.close_task,
        codes=("in_trash",),
    ),
    _edit(method="DELETE", path="/tasks/{task_id}/closure", act=closure.reopen_task, codes=("in_trash",)),
    _edit(
        method="PUT",
        path="/tasks/{task_id}/position",
        body=contracts.Placement,
        act=place_task,
        codes=("in_trash", "no_access", "not_neighbours", "project_archived"),
    ),
    _edit(method="PUT", path="/tasks/{task_id}/restoration", act=trash.restore_task),
    _edit(
        method="POST",
        path="/tasks/{task_id}/duplicate",
        body=contracts.Duplicate,
        act=duplicate_task,
        status=201,
        codes=("id_taken", "in_trash", "project_archived"),
    ),
    _edit(
        method="PUT",
        path="/tasks/{task_id}/assignees/{user_id}",
        act=people.assign,
        codes=("in_trash", "no_access"),
    ),
    _edit(method="DELETE", path="/tasks/{task_id}/assignees/{user_id}", act=people.unassign, codes=("in_trash",)),
    _edit(method="PUT", path="/tasks/{task_id}/labels/{label_id}", act=labelling.add_label, codes=("in_trash",)),
    _edit(method="DELETE", path="/tasks/{task_id}/labels/{label_id}", act=labelling.remove_label, codes=("in_trash",)),
)
