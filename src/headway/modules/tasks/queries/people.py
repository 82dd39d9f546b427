"""Who is in a workspace, and what is assigned to them."""

from dataclasses import dataclass
from typing import Annotated

import msgspec

from headway.modules.auth.contracts import Accounts
from headway.modules.tasks.contracts.members import MemberList, WorkspaceMember
from headway.modules.tasks.contracts.tasks import TaskPage
from headway.modules.tasks.domain.access import Member
from headway.modules.tasks.store import scoped, workspaces
from headway.modules.tasks.store.assignments import open_tasks_of
from headway.modules.tasks.store.workspaces import MemberRow
from headway.modules.tasks.views import task_view
from headway.modules.users.contracts import People
from headway.platform.actor import Actor
from headway.platform.db.port import Reader
from headway.platform.ids import NIL_ID
from headway.platform.web.fields import IdText


class AssignedQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A page of somebody's open tasks; `cursor` is the last page's `next_cursor`."""

    limit: Annotated[int, msgspec.Meta(ge=1, le=200)] = 50
    cursor: IdText | None = None


@dataclass(frozen=True)
class Membership:
    """Reads people's names of users, and their addresses of auth."""

    people: People
    accounts: Accounts

    async def list_members(self, reader: Reader, actor: Actor, _query: None, *, workspace_id: str) -> MemberList:
        """List the people of a workspace, by name. Guests are not told addresses."""
        viewer = await scoped.member(reader, actor.id, workspace_id)
        rows = await reader.rows(workspaces.MEMBERS_OF, workspace_id=workspace_id)
        named = await self._named(reader, rows, with_email=viewer.has_role("member"))
        return MemberList(sorted(named, key=lambda each: (each.name.casefold(), each.user_id)))

    async def _named(self, reader: Reader, rows: list[MemberRow], *, with_email: bool) -> list[WorkspaceMember]:
        ids = [row.id for row in rows]
        people = await self.people.by_ids(reader, ids)
        accounts = await self.accounts.by_ids(reader, ids) if with_email else {}
        found: list[WorkspaceMember] = []
        for row in rows:
            person, account = people.get(row.id), accounts.get(row.id)
            found.append(
                WorkspaceMember(
                    row.id,
                    person.name if person else "",
                    person.avatar_url if person else None,
                    account.email if account else None,
                    row.role,
                    row.joined_at,
                    row.version,
                )
            )
        return found


async def list_assigned(
    reader: Reader, actor: Actor, query: AssignedQuery, *, workspace_id: str, user_id: str
) -> TaskPage:
    """List somebody's open tasks, as far as you see them: for reassignment, also after the person has left."""
    viewer: Member = await scoped.member(reader, actor.id, workspace_id)
    if user_id != actor.id:
        viewer.require_role("member")
    found = await open_tasks_of(reader, viewer, user_id, query.cursor or NIL_ID, query.limit + 1)
    page = [task_view(row, key, with_description=False) for row, key in found[: query.limit]]
    return TaskPage(page, page[-1].id if len(found) > query.limit else None)


class Acquainted:
    """Who knows whom: people who share a workspace."""

    async def knows(self, reader: Reader, actor: str, user_id: str) -> bool:
        """Whether both are in one workspace."""
        mine = {row.workspace_id for row in await reader.rows(workspaces.MEMBERSHIPS, user_id=actor)}
        theirs = {row.workspace_id for row in await reader.rows(workspaces.MEMBERSHIPS, user_id=user_id)}
        return not mine.isdisjoint(theirs)
