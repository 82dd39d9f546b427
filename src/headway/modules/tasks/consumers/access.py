"""Tells each person's `access` stream which scopes the person may see now.

Runs after the fact and is idempotent: it compares the member rows, which are the authority, with what was told.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from headway.changes.contracts import Recorded, Stream, project_scope
from headway.changes.work import Work
from headway.modules.tasks.domain.access import Access
from headway.modules.tasks.store import grants, projects, scoped, workspaces
from headway.modules.tasks.store.grants import GRANT, GrantRow, access_stream
from headway.platform.db.port import Transaction
from headway.platform.db.statement import delete_by_key, insert_into
from headway.platform.ids import new_id

NAME: Final = "access"
OPENING: Final = frozenset({"access", "trashed_at"})
"""Fields of a project that decide who sees it."""


async def inform(tx: Transaction, stream: Stream, entries: Sequence[Recorded]) -> None:
    """Handle entries of a workspace stream."""
    people: set[str] = set()
    opened: set[str] = set()
    for recorded in entries:
        entry = recorded.entry
        if entry.kind == "member":
            people.add(entry.id)
        elif entry.kind == "project_member":
            person = (recorded.before | entry.fields).get("user_id")  # missing when only the level changed
            if person is None:
                opened.add(recorded.subject)
            else:
                people.add(person)
        elif entry.kind == "project" and (entry.op != "update" or OPENING & entry.fields.keys()):
            opened.add(entry.id)
    if not people and not opened:
        return
    told = _Telling(tx, stream.owner, entries[-1].entry.actor, entries[-1].entry.at)
    for user_id in people:
        await told.everything(user_id)
    for row in await tx.rows(workspaces.MEMBERS_OF, workspace_id=stream.owner) if opened else ():
        if row.id not in people:
            await told.projects(row.id, opened)


class _Telling:
    """One batch, in one workspace."""

    def __init__(self, tx: Transaction, workspace_id: str, actor: str | None, now: datetime) -> None:
        self._tx = tx
        self._workspace_id = workspace_id
        self._actor = actor
        self._now = now

    async def everything(self, user_id: str) -> None:
        """All scopes of one person."""
        where = {"user_id": user_id, "workspace_id": self._workspace_id}
        held = {row.scope: row for row in await self._tx.rows(grants.GRANTS_OF, **where)}
        member = await scoped.find_member(self._tx, user_id, self._workspace_id)
        wanted = {} if member is None else _levels(await scoped.access(self._tx, member))
        await self._tell(user_id, wanted, held.values())

    async def projects(self, user_id: str, project_ids: Iterable[str]) -> None:
        """The scopes of some projects, for one person."""
        member = await scoped.find_member(self._tx, user_id, self._workspace_id)
        wanted: dict[str, str] = {}
        held: list[GrantRow] = []
        for project_id in sorted(project_ids):
            scope = project_scope(project_id)
            row = await self._tx.row(grants.GRANT_OF, user_id=user_id, workspace_id=self._workspace_id, scope=scope)
            held.extend([row] if row else ())
            project = await self._tx.row(projects.PROJECT_BY_ID, workspace_id=self._workspace_id, id=project_id)
            level = member and project and await scoped.level_in(self._tx, member, project)
            if level:
                wanted[scope] = level
        await self._tell(user_id, wanted, held)

    async def _tell(self, user_id: str, wanted: dict[str, str], held: Iterable[GrantRow]) -> None:
        work = Work(self._tx, access_stream(user_id), self._actor, self._now)
        missing = dict(wanted)
        for row in held:
            level = missing.pop(row.scope, None)
            if level is None:
                await self._tx.execute(delete_by_key(GRANT.table), **GRANT.key(row))
                work.tell(GRANT, row, "leave", {}, GRANT.fields(row), version=row.version + 1)
            else:
                await work.update(GRANT, row, level=level)
        for scope, level in missing.items():
            row = GrantRow(user_id, new_id(), self._workspace_id, scope, level, 1)
            await self._tx.execute(
                insert_into(grants.grants), **{name: getattr(row, name) for name in row.__struct_fields__}
            )
            work.tell(GRANT, row, "enter", GRANT.fields(row))
        await work.finish()


def _levels(access: Access) -> dict[str, str]:
    """In an order that is the same wherever this runs."""
    scopes = sorted(access.scopes())
    return {scope: access.levels.get(scope.removeprefix("project:"), access.member.role) for scope in scopes}
