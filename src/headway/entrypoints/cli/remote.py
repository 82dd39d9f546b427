"""Somebody's desk at a server: its API, with a personal token."""

import asyncio
import http.client
import json
import urllib.error
import urllib.request
from collections.abc import Sequence
from typing import Final, TypeVar
from urllib.parse import urlsplit

import msgspec

from headway.entrypoints.operation.socket import Refusal, Refused
from headway.modules.tasks.contracts import NewTask, Project, ProjectList, Task
from headway.modules.tasks.contracts.labels import Label, LabelList
from headway.modules.tasks.contracts.members import MemberList, WorkspaceMember
from headway.modules.users.contracts.messages import Me
from headway.platform.failure import Failure
from headway.platform.ids import new_id

A = TypeVar("A")

PATIENCE: Final = 30.0
"""Seconds until a server counts as one that does not answer."""
ATTEMPTS: Final = 2
"""A repeat carries the same key, so it cannot make a second task."""


class ServerDesk:
    """What the owner of `token` sees and may do at a server. Refused when it says no, Failure when it is away."""

    def __init__(self, url: str, token: str) -> None:
        if urlsplit(url).scheme not in {"http", "https"}:
            raise Failure(f"HEADWAY_URL is no address of a server: {url}")
        self._api = f"{url.rstrip('/')}/api/v1"
        self._token = token

    async def me(self) -> Me:
        """Who it is."""
        return await self._ask("/users/me", Me)

    async def projects(self) -> Sequence[Project]:
        """The projects of all workspaces."""
        return (await self._ask("/projects", ProjectList)).items

    async def members(self, workspace_id: str) -> Sequence[WorkspaceMember]:
        """The people of a workspace."""
        return (await self._ask(f"/workspaces/{workspace_id}/members", MemberList)).items

    async def labels(self, workspace_id: str) -> Sequence[Label]:
        """The labels of a workspace."""
        return (await self._ask(f"/labels?workspace_id={workspace_id}", LabelList)).items

    async def create(self, new: NewTask) -> Task:
        """Make a task."""
        return await self._ask("/tasks", Task, msgspec.json.encode(new))

    async def _ask(self, path: str, answer: type[A], body: bytes | None = None) -> A:
        headers = {"Authorization": f"Bearer {self._token}", "Content-Type": "application/json"}
        if body is not None:
            headers["Idempotency-Key"] = new_id()
        # the scheme was checked: no file is opened
        request = urllib.request.Request(self._api + path, body, headers)  # noqa: S310
        raw = await asyncio.to_thread(_send, request)
        try:
            return msgspec.json.decode(raw, type=answer)
        except msgspec.DecodeError:
            raise Failure(f"{self._api} does not answer as Headway does; look at HEADWAY_URL.") from None


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """The token goes to the server that was named, and to no other that it points to."""

    def redirect_request(self, *_asked: object) -> None:
        """Follow none: the answer is then an HTTPError."""


_OPENER: Final = urllib.request.build_opener(_NoRedirect)


def _send(request: urllib.request.Request) -> bytes:
    reason: Exception | None = None
    for _ in range(ATTEMPTS):
        try:
            with _OPENER.open(request, timeout=PATIENCE) as reply:
                return bytes(reply.read())
        except urllib.error.HTTPError as error:
            raise Refused(_refusal(error.code, error.read())) from None
        except (OSError, http.client.HTTPException) as error:
            reason = error
    raise Failure(f"{request.host} does not answer: {getattr(reason, 'reason', None) or reason}")


def _refusal(status: int, body: bytes) -> Refusal:
    try:
        problem = json.loads(body)
        return Refusal(status, str(problem["code"]), str(problem["detail"]))
    except (ValueError, KeyError, TypeError):
        return Refusal(status, "refused", f"The server answered {status}; look at HEADWAY_URL.")
