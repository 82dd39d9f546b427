"""Who is at work: tokens of demo people, or given ones, and what each knows of their workspace."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import quote

from headway.entrypoints.loadtest.connection import Answer, Connection, Target
from headway.platform.failure import Failure
from headway.platform.progress import Progress

DEMO: Final = "@demo.example"
TASKS: Final = 50
PATIENCE: Final = 30.0
_LONGEST_WAIT: Final = 120


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at work, and what they know of it."""

    token: str
    workspace_id: str
    tasks: Sequence[tuple[str, str]]
    """Ids of tasks, each with its project's."""
    projects: frozenset[str]
    cursor: str


class Desk:
    """One connection, for what is asked before the load begins."""

    def __init__(self, target: Target, connection: Connection) -> None:
        self._target = target
        self._connection = connection

    @classmethod
    async def at(cls, target: Target) -> "Desk":
        """Failure when nobody answers."""
        try:
            return cls(target, await asyncio.wait_for(Connection.open(target), PATIENCE))
        except OSError as error:
            raise Failure(f"{target.origin} does not answer: {error}") from None

    async def sign_in(self, email: str, password: str, expires: datetime) -> str:
        """A personal token that ends by itself. Failure when the password is not theirs."""
        origin = {"Origin": self._target.origin}
        signed_in = await self._ask("POST", "/auth/login", origin, {"email": email, "password": password})
        cookies = "; ".join(each.partition(";")[0] for each in signed_in.headers("set-cookie"))
        made = await self._ask(
            "POST",
            "/auth/tokens",
            {**origin, "Cookie": cookies},
            {
                "name": "headway loadtest",
                "scopes": ["read", "write"],
                "password": password,
                "expires_at": expires.isoformat(),
            },
        )
        return str(json.loads(made.body)["token"])

    async def email_of(self, token: str) -> str:
        """Whose token it is."""
        return str((await self.read(token, "/users/me"))["email"])

    async def arrive(self, token: str) -> Person | None:
        """Look around, as a client does when it starts. None when there is nothing to work on, as for a guest."""
        workspaces = (await self.read(token, "/workspaces"))["items"]
        workspace_id = next((each["id"] for each in workspaces if each["kind"] == "team"), workspaces[0]["id"])
        projects = (await self.read(token, f"/projects?workspace_id={workspace_id}"))["items"]
        editable = {each["id"] for each in projects if each["level"] == "edit"}
        path = f"/tasks?workspace_id={workspace_id}&completed=false&limit={TASKS}"
        tasks = [(each["id"], each["project_id"]) for each in (await self.read(token, path))["items"]]
        tasks = [each for each in tasks if each[1] in editable]
        if not tasks:
            return None
        synced = (await self._ask("GET", "/sync", _bearer(token))).body
        cursor = quote(json.loads(synced.splitlines()[-1])["cursor"], safe="")
        return Person(token, workspace_id, tasks, frozenset(each["id"] for each in projects), cursor)

    async def colleagues(self, token: str) -> list[str]:
        """Addresses of everybody in the workspaces of somebody, who comes first."""
        found = {await self.email_of(token): True}
        for workspace in (await self.read(token, "/workspaces"))["items"]:
            members = (await self.read(token, f"/workspaces/{workspace['id']}/members"))["items"]
            found.update((each["email"], True) for each in members if each["email"])
        return list(found)

    async def read(self, token: str, path: str) -> Any:  # Any: the JSON answer
        """An answer that must be well."""
        return json.loads((await self._ask("GET", path, _bearer(token))).body)

    async def _ask(self, method: str, path: str, headers: dict[str, str], body: dict[str, Any] | None = None) -> Answer:
        # Any: fields of the body
        while True:
            try:
                raw = self._target.request(method, path, headers, body)
                answer = await asyncio.wait_for(self._connection.ask(raw), PATIENCE)
            except (OSError, EOFError, ValueError) as error:
                raise Failure(f"{self._target.origin} does not answer as Headway does: {error!r}") from None
            if answer.status < 300:
                return answer
            wait = int(answer.header("retry-after") or 0)
            if answer.status != 429 or wait > _LONGEST_WAIT:
                raise Failure(
                    f"{method} {path} was answered {answer.status}: {answer.body[:300].decode('utf-8', 'replace')}"
                )
            await asyncio.sleep(wait)

    def leave(self) -> None:
        """Hang up."""
        self._connection.close()


async def sign_everybody_in(
    desk: Desk, email: str, password: str, most: int, expires: datetime, report: Progress
) -> list[str]:
    """Tokens of somebody and of their colleagues, who have the same password, as in a demo."""
    tokens = [await desk.sign_in(email, password, expires)]
    others = [each for each in await desk.colleagues(tokens[0]) if each != email][: most - 1]
    for done, other in enumerate(others, start=1):
        tokens.append(await desk.sign_in(other, password, expires))
        report("signing in", done, len(others))
    return tokens


async def everybody(desk: Desk, tokens: Sequence[str], *, allowed: bool, report: Progress) -> list[Person]:
    """Who of those with the tokens has work. Failure for real people whom nobody has allowed, and when nobody has."""
    people: list[Person] = []
    for done, token in enumerate(tokens, start=1):
        email = await desk.email_of(token)
        if not (allowed or email.endswith(DEMO)):
            raise Failure(
                f"{email} is nobody of `headway demo`: a load test changes tasks and writes comments. "
                "Say --yes when this installation is there for that."
            )
        person = await desk.arrive(token)
        if person is not None:
            people.append(person)
        report("arriving", done, len(tokens))
    if not people:
        raise Failure("Nobody of them has an open task that they may edit; `headway demo` makes some.")
    return people


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}
