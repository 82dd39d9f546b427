"""Routes of what hangs on a task: relations, checklist, watchers."""

from typing import Final

from headway.changes.writes import Write
from headway.modules.tasks import service
from headway.modules.tasks.actions import checklist as checklist_actions
from headway.modules.tasks.actions import relations as relation_actions
from headway.modules.tasks.actions import watching
from headway.modules.tasks.contracts import Task
from headway.modules.tasks.contracts import checklist as checklist_contracts
from headway.modules.tasks.contracts import relations as relation_contracts
from headway.modules.tasks.queries import checklist as checklist_queries
from headway.modules.tasks.queries import relations as relation_queries
from headway.platform.web.routes import Read, Route

_RELATIONS: tuple[Route, ...] = (
    Read(
        path="/tasks/{task_id}/relations",
        act=relation_queries.list_relations,
        needs="project:view",
        tag="relations",
        answer=relation_contracts.RelationList,
    ),
    Write(
        method="POST",
        path="/tasks/{task_id}/relations",
        body=relation_contracts.NewRelation,
        act=relation_actions.create_relation,
        locate=service.by_task,
        enter=service.enter_workspace,
        needs="project:edit",
        tag="relations",
        answer=relation_contracts.Relation,
        status=201,
        codes=("already_related", "blocks_itself", "too_many_relations", "id_taken", "in_trash"),
    ),
    Write(
        method="DELETE",
        path="/relations/{relation_id}",
        act=relation_actions.delete_relation,
        locate=service.by("relation"),
        enter=service.enter_workspace,
        needs="project:edit",
        tag="relations",
        status=204,
    ),
)

_CHECKLIST: tuple[Route, ...] = (
    Read(
        path="/tasks/{task_id}/checklist",
        act=checklist_queries.list_items,
        needs="project:view",
        tag="checklist",
        answer=checklist_contracts.Checklist,
    ),
    Write(
        method="POST",
        path="/tasks/{task_id}/checklist",
        body=checklist_contracts.NewChecklistItem,
        act=checklist_actions.create_item,
        locate=service.by_task,
        enter=service.enter_workspace,
        needs="project:edit",
        tag="checklist",
        answer=checklist_contracts.ChecklistItem,
        status=201,
        codes=("too_many_items", "id_taken", "in_trash"),
    ),
    Write(
        method="PATCH",
        path="/checklist/{checklist_item_id}",
        body=checklist_contracts.ChecklistItemPatch,
        act=checklist_actions.change_item,
        locate=service.by("checklist_item"),
        enter=service.enter_workspace,
        needs="project:edit",
        tag="checklist",
        answer=checklist_contracts.ChecklistItem,
    ),
    Write(
        method="DELETE",
        path="/checklist/{checklist_item_id}",
        act=checklist_actions.delete_item,
        locate=service.by("checklist_item"),
        enter=service.enter_workspace,
        needs="project:edit",
        tag="checklist",
        status=204,
    ),
)

_WATCHERS: tuple[Route, ...] = (
    Write(
        method="PUT",
        path="/tasks/{task_id}/watchers/{user_id}",
        act=watching.watch,
        locate=service.by_task,
        enter=service.enter_workspace,
        needs="project:view",
        tag="watchers",
        answer=Task,
        codes=("no_access",),
    ),
    Write(
        method="DELETE",
        path="/tasks/{task_id}/watchers/{user_id}",
        act=watching.unwatch,
        locate=service.by_task,
        enter=service.enter_workspace,
        needs="project:view",
        tag="watchers",
        answer=Task,
    ),
)

ROUTES: Final = (*_RELATIONS, *_CHECKLIST, *_WATCHERS)
