"""Requests that make sense: the ids, bodies and queries with which each route has something to do."""

from collections.abc import Callable, Mapping
from typing import Any

from headway.gateway.inputs import Template
from headway.platform.ids import new_id
from headway.platform.web.routes import Route
from tests.support.product import PASSWORD

Ids = Mapping[str, str]
"""By the name of a path parameter: the id of the object that stands for it."""

PICTURE = bytes.fromhex("474946383961010001008000000000" + "00ffffff21f90401000000002c00000000010001000002024401003b")


def path_of(route: Route, ids: Ids) -> str:
    """The path with the objects' ids in their places."""
    template = Template.of(route.path)
    return template.shape.format(*(ids[name] for name in template.names)) if template.names else route.path


def query_of(route: Route, ids: Ids) -> dict[str, Any]:
    """What a query must have. Any: texts and lists of them."""
    needed = QUERIES.get(f"{route.method} {route.path}")
    return needed(ids) if needed else {}


BODIES: dict[str, Callable[[Ids], Any]] = {  # Any: JSON
    "POST /auth/register": lambda _: {"email": f"{new_id()}@example.com", "password": PASSWORD, "name": "Fay"},
    "POST /auth/login": lambda _: {"email": "ada@example.com", "password": PASSWORD},
    "PUT /auth/password": lambda _: {"current_password": PASSWORD, "new_password": PASSWORD + "!"},
    "POST /auth/password-resets": lambda _: {"email": "ada@example.com"},
    "PUT /auth/password-resets": lambda _: {"token": "none", "password": PASSWORD + "!"},
    "PUT /auth/email": lambda _: {"email": "ada2@example.com", "password": PASSWORD},
    "POST /auth/tokens": lambda _: {"name": "script", "scopes": ["read"], "password": PASSWORD},
    "POST /auth/totp": lambda _: {"password": PASSWORD},
    "POST /auth/totp/recovery-codes": lambda _: {"password": PASSWORD},
    "DELETE /auth/totp": lambda _: {"password": PASSWORD},
    "DELETE /users/me": lambda _: {"password": PASSWORD},
    "POST /invitations/preview": lambda ids: {"token": ids["token"]},
    "POST /invitations/acceptance": lambda ids: {"token": ids["token"]},
    "POST /admin/invitations": lambda _: {"email": "gil@example.com"},
    "DELETE /projects/{project_id}": lambda _: {"with_tasks": True},
    "DELETE /workspaces/{workspace_id}": lambda _: {"name": "Roofers"},
    "POST /workspaces/{workspace_id}/invitations": lambda _: {"email": "gil@example.com", "role": "member"},
    "PATCH /workspaces/{workspace_id}/members/{user_id}": lambda _: {"role": "guest"},
    "POST /projects": lambda ids: {"key": "NEW", "name": "New", "workspace_id": ids["workspace_id"]},
    "POST /labels": lambda ids: {"name": "new", "workspace_id": ids["workspace_id"]},
    "PATCH /labels/{label_id}": lambda _: {"name": "renamed"},
    "POST /views": lambda ids: {"name": "New", "workspace_id": ids["workspace_id"]},
    "PATCH /views/{view_id}": lambda _: {"name": "Renamed"},
    "PATCH /workspaces/{workspace_id}": lambda _: {"name": "Thatchers"},
    "PATCH /projects/{project_id}": lambda _: {"name": "Renamed"},
    "PATCH /projects/{project_id}/statuses/{status_id}": lambda _: {"name": "Renamed"},
    "PUT /projects/{project_id}/members/{user_id}": lambda _: {"level": "view"},
    "PUT /projects/{project_id}/position": lambda _: {"position": "a5"},
    "POST /tasks": lambda ids: {"title": "New", "project_id": ids["project_id"]},
    "PATCH /tasks": lambda ids: {"ids": [ids["task_id"]], "patch": {"priority": "high"}},
    "PATCH /tasks/{task_id}": lambda _: {"priority": "high"},
    "PATCH /checklist/{checklist_item_id}": lambda _: {"is_done": True},
    "POST /tasks/{task_id}/relations": lambda ids: {"kind": "blocks", "task_id": ids["other_task_id"]},
    "POST /tasks/{task_id}/reminders": lambda _: {"at": "2099-01-01T09:00:00Z"},
    "POST /tasks/{task_id}/transfer": lambda ids: {
        "workspace_id": ids["elsewhere_workspace_id"],
        "project_id": ids["elsewhere_project_id"],
    },
    "POST /undo": lambda ids: {"action_id": ids["action_id"]},
    "POST /batch": lambda ids: {
        "operations": [{"key": "k", "method": "PATCH", "path": f"/tasks/{ids['task_id']}", "body": {"priority": "low"}}]
    },
}
QUERIES: dict[str, Callable[[Ids], dict[str, Any]]] = {  # Any: texts and lists of them
    "GET /search": lambda _: {"q": "roof"},
    "GET /users": lambda ids: {"ids": [ids["user_id"]]},
    "POST /tasks/{task_id}/attachments": lambda _: {"name": "roof.gif"},
}
