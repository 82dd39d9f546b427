"""A product in which everything exists once: one of each object, in an open project and in a private one."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import httpx

from headway.gateway.openapi.document import document_of
from headway.gateway.options import GatewayOptions
from headway.platform.db.port import Transaction
from headway.platform.web.routes import Endpoint, Route
from tests.gateway.sensible import BODIES, PICTURE, Ids, path_of, query_of
from tests.support.product import PASSWORD, Person, Product, running_product
from tests.tasks.team import Team, delete, make_team

T = TypeVar("T")

ROLES = ("nobody", "stranger", "guest", "member", "admin", "owner", "reads", "root")


@dataclass
class House:
    """The product, who is in it, and what: `reads` has the owner's token that may only read, root runs it all.

    `special`: for some routes the ids of other objects than elsewhere, so that there is something to do.
    """

    product: Product
    team: Team
    roles: dict[str, httpx.AsyncClient]
    open: Ids
    private: Ids
    document: dict[str, Any]  # Any: OpenAPI
    special: Mapping[str, Ids]

    @property
    def routes(self) -> list[Route]:
        """Every route of the product, the gateway's own among them."""
        return list(self.product.monolith.app.routes)

    async def ask(self, client: httpx.AsyncClient, route: Route, ids: Ids, **more: Any) -> httpx.Response:
        """A request that makes sense. Any: httpx's own options, which replace what is asked otherwise."""
        return await client.request(route.method, **(self.asked(route, ids) | more))

    def asked(self, route: Route, ids: Ids) -> dict[str, Any]:
        """A request that makes sense, as options of an HTTP client. Any: they differ in type."""
        path = path_of(route, {**ids, **self.special.get(f"{route.method} {route.path}", {})})
        asked: dict[str, Any] = {"url": path, "params": query_of(route, ids)}
        if isinstance(route, Endpoint) and route.upload is not None:
            asked |= {"content": PICTURE, "headers": {"Content-Type": "image/gif"}}
        elif route.body is not None:
            asked["json"] = self.body_of(route, ids)
        return asked

    def body_of(self, route: Route, ids: Ids) -> Any:
        """A body that makes sense: the example of the description, or a better one. Any: JSON."""
        better = BODIES.get(f"{route.method} {route.path}")
        if better is not None:
            return better(ids)
        operation = self.document["paths"][route.path.replace(":str", "")][route.method.lower()]
        return operation["requestBody"]["content"]["application/json"]["example"]


@contextlib.asynccontextmanager
async def furnished(folder: Path) -> AsyncIterator[House]:
    """Start a product and put one of everything into it."""
    async with running_product(folder) as product:
        root = await product.person("Root")
        team = await make_team(product)
        token = (await team.ada.post("/auth/tokens", name="reader", scopes=["read"], password=PASSWORD))["token"]
        reads = product.client()
        reads.headers["authorization"] = f"Bearer {token}"
        people = (team.eve, team.dan, team.cleo, team.ben, team.ada)
        clients = [product.client(), *(person.api for person in people), reads, root.api]
        shared = await team.project()
        await team.ada.put(f"/projects/{shared['id']}/members/{team.dan.id}", level="view")
        secret = await team.project(key="SEC", name="Secret", access="private")
        common = await _common(team)
        document = document_of(product.monolith.app.routes, [], GatewayOptions())
        yield House(
            product,
            team,
            dict(zip(ROLES, clients, strict=True)),
            {**common, **await _in_project(team, shared)},
            {**common, **await _in_project(team, secret)},
            document,
            await _special(product, team, root, shared, common),
        )


async def _common(team: Team) -> dict[str, str]:
    """What belongs to the workspace, to Ada or to the installation."""
    ada, workspace = team.ada, team.id
    elsewhere = await ada.post("/workspaces", name="Elsewhere")
    target = await ada.post("/projects", workspace_id=elsewhere["id"], key="ELSE", name="Elsewhere")
    invitation = await ada.post(f"/workspaces/{workspace}/invitations", email="hal@example.com", role="member")
    return {
        "workspace_id": workspace,
        "elsewhere_workspace_id": elsewhere["id"],
        "elsewhere_project_id": target["id"],
        "user_id": team.cleo.id,
        "invitation_id": invitation["id"],
        "token": invitation["token"],
        "label_id": (await ada.post("/labels", name="roof", workspace_id=workspace))["id"],
        "view_id": (await ada.post("/views", name="Mine", workspace_id=workspace))["id"],
        "session_id": (await ada.get("/auth/sessions"))["items"][0]["id"],
        "token_id": (await ada.get("/auth/tokens"))["items"][0]["id"],
        "export_id": await _export(ada),
        "notification_id": await _notification(team),
        "job_id": workspace,
    }


async def _special(
    product: Product, team: Team, root: Person, project: Any, common: Ids
) -> dict[str, Ids]:  # Any: the JSON answer
    """What only one route asks for."""
    moved = await team.task(project, title="Move")
    there = {name: common[f"elsewhere_{name}"] for name in ("workspace_id", "project_id")}
    await team.ada.post(f"/tasks/{moved['id']}/transfer", **there)
    invitation = await root.post("/admin/invitations", email="ivy@example.com")
    joan = await product.person("Joan")
    await root.put(f"/admin/people/{joan.id}/administrator")
    trashed = await team.project(key="OLD", name="Old")
    await delete(team.ada, f"/projects/{trashed['id']}")
    task = await team.task(project, title="Paint")
    for kind, id_ in (("tasks", task["id"]), ("projects", project["id"]), ("workspaces", team.id)):
        await team.ada.put(f"/notifications/mutes/{kind}/{id_}")
    await product.settled()
    invited = {"invitation_id": invitation["id"]}
    return {
        "DELETE /admin/invitations/{invitation_id}": invited,
        "POST /admin/invitations/{invitation_id}/link": invited,
        "DELETE /admin/people/{user_id}/administrator": {"user_id": joan.id},
        "GET /tasks/{task_id}/transfer": {"task_id": moved["id"]},
        "PUT /projects/{project_id}/restoration": {"project_id": trashed["id"]},
        "DELETE /projects/{project_id}/members/{user_id}": {"user_id": team.dan.id},
        "DELETE /notifications/mutes/tasks/{task_id}": {"task_id": task["id"]},
        "DELETE /notifications/mutes/projects/{project_id}": {"project_id": project["id"]},
        "GET /users/{user_id}/avatar": {"user_id": await _with_picture(team.ben)},
        "GET /attachments/{attachment_id}/thumbnail": {"attachment_id": await _picture(team.ada, task["id"])},
    }


async def _notification(team: Team) -> str:
    """Something that Ada was told."""
    project = await team.project(key="TOLD", name="Told")
    await team.task(project, by=team.ben, assignee_ids=[team.ada.id])
    await team.product.settled()
    return str((await team.ada.get("/notifications"))["items"][0]["id"])


async def _with_picture(person: Person) -> str:
    await person.api.put("/users/me/avatar", content=PICTURE, headers={"Content-Type": "image/gif"})
    await _until_there(person, f"/users/{person.id}/avatar")
    return person.id


async def _picture(person: Person, task_id: str) -> str:
    """A picture on a task, with its thumbnail."""
    path = f"/tasks/{task_id}/attachments?name=a.gif"
    answer = await person.api.post(path, content=PICTURE, headers={"Content-Type": "image/gif"})
    await _until_there(person, f"/attachments/{answer.json()['id']}/thumbnail")
    return str(answer.json()["id"])


async def _until_there(person: Person, path: str) -> None:
    """Wait for what a job makes."""
    async with asyncio.timeout(60):
        while (await person.api.get(path)).status_code != 200:  # noqa: ASYNC110 - a job tells nobody outside
            await asyncio.sleep(0)


async def _export(person: Person) -> str:
    """An export that is ready."""
    export = await person.post("/users/me/export")
    await _until_there(person, f"/users/me/exports/{export['id']}/file")
    return str(export["id"])


async def _in_project(team: Team, project: Any) -> dict[str, str]:  # Any: the JSON answer
    """One of everything that a project holds."""
    ada = team.ada
    task, other, gone = [await team.task(project, title=f"Fix the {part}") for part in ("roof", "door", "gate")]
    path = f"/tasks/{task['id']}"
    done = await ada.api.patch(path, json={"estimate_minutes": 30})
    await delete(ada, f"/tasks/{gone['id']}")
    statuses = (await ada.get(f"/projects/{project['id']}/statuses"))["items"]
    upload = await ada.api.post(f"{path}/attachments?name=a.txt", content=b"nails")
    return {
        "project_id": project["id"],
        "status_id": statuses[0]["id"],
        "task_id": task["id"],
        "other_task_id": other["id"],
        "trashed_task_id": gone["id"],
        "key": task["key"],
        "comment_id": (await ada.post(f"{path}/comments", body="The ladder is wet"))["id"],
        "relation_id": (await ada.post(f"{path}/relations", kind="duplicates", task_id=other["id"]))["id"],
        "checklist_item_id": (await ada.post(f"{path}/checklist", text="Buy nails"))["id"],
        "reminder_id": (await ada.post(f"{path}/reminders", at="2099-01-01T09:00:00Z"))["id"],
        "attachment_id": upload.json()["id"],
        "action_id": done.headers["headway-action"],
        "version": str((await ada.get(f"{path}/activity"))["items"][-1]["version"]),
    }


_DRY: ContextVar[bool] = ContextVar("dry", default=False)


@contextlib.contextmanager
def nothing_is_kept(product: Product) -> Iterator[list[str]]:
    """What is asked in the block is answered as if it had been done, and undone; what runs beside goes on as ever.

    Gives a list that grows by the streams whose change would have been kept.
    """
    changed: list[str] = []
    database = product.monolith.database
    write = database.write
    _DRY.set(True)

    async def dry(action: Callable[[Transaction], Coroutine[Any, Any, T]]) -> T:
        if not _DRY.get():
            return await write(action)

        async def act(tx: Transaction) -> T:
            result = await action(tx)
            changed.extend(stream for stream, _version in getattr(tx, "news", ()))
            raise _Undone(result)

        try:
            return await write(act)
        except _Undone as undone:
            result: T = undone.result
            return result

    database.write = dry  # type: ignore[method-assign]
    try:
        yield changed
    finally:
        _DRY.set(False)
        del database.write


class _Undone(Exception):
    def __init__(self, result: Any) -> None:  # Any: whatever the action gives
        super().__init__()
        self.result = result
