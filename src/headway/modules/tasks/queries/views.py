"""Saved views that the reader sees."""

import msgspec

from headway.modules.tasks.contracts.views import View, ViewList
from headway.modules.tasks.domain.access import Member
from headway.modules.tasks.store import scoped, views
from headway.modules.tasks.store.locate import locate, member_for
from headway.modules.tasks.store.views import VIEW, ViewRow
from headway.modules.tasks.views import same
from headway.platform.actor import Actor
from headway.platform.db.port import Reader
from headway.platform.web.fields import IdText


class ViewQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which views: of one workspace, of one project, or all of the reader's."""

    workspace_id: IdText | None = None
    project_id: IdText | None = None


async def list_views(reader: Reader, actor: Actor, query: ViewQuery) -> ViewList:
    """List the views that you see: your own, and those shared with you."""
    rows = [row for member in await _members(reader, actor, query) for row in await _seen(reader, member)]
    if query.project_id is not None:
        rows = [row for row in rows if row.project_id == query.project_id]
    return ViewList([same(row, View) for row in rows])


async def get_view(reader: Reader, actor: Actor, _query: None, *, view_id: str) -> View:
    """Read one view."""
    return same(await scoped.view(reader, await member_for(reader, actor, "view", view_id), view_id), View)


async def _members(reader: Reader, actor: Actor, query: ViewQuery) -> list[Member]:
    workspace_id = query.workspace_id
    if workspace_id is None and query.project_id is not None:
        workspace_id = await locate(reader, actor, "project", query.project_id)
    if workspace_id is None:
        return await scoped.members_of_person(reader, actor.id)
    return [await scoped.member(reader, actor.id, workspace_id)]


async def _seen(reader: Reader, member: Member) -> list[ViewRow]:
    scopes = (await scoped.access(reader, member)).scopes()
    rows = await reader.rows(views.VIEWS_OF, workspace_id=member.workspace_id)
    return [row for row in rows if VIEW.scope(row) in scopes]
