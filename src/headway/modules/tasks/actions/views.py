"""Saved views: one's own, or shared with the workspace's members or with who sees a project."""

from typing import Final

import msgspec
from msgspec import UNSET

from headway.changes.work import Work
from headway.modules.tasks.actions.tasks.places import check_position
from headway.modules.tasks.contracts.views import NewView, View, ViewPatch
from headway.modules.tasks.domain.access import Member
from headway.modules.tasks.domain.position import between
from headway.modules.tasks.store import scoped, views
from headway.modules.tasks.store.views import VIEW, ViewRow
from headway.modules.tasks.views import same
from headway.platform.ids import new_id
from headway.platform.problems import Conflict, Forbidden, Invalid
from headway.platform.web.patches import given

AT_MOST: Final = 200


async def create_view(work: Work, member: Member, body: NewView) -> View:
    """Save a view. Guests may save their own only."""
    await work.lock()
    there = await work.tx.rows(views.VIEWS_OF, workspace_id=work.stream.owner)
    if sum(row.owner_id == member.user_id for row in there) >= AT_MOST:
        raise Conflict("too_many_views", f"You have at most {AT_MOST} views in one workspace.")
    last = there[-1].position if there else None
    row = ViewRow(
        workspace_id=work.stream.owner,
        id=body.id or new_id(),
        owner_id=member.user_id,
        shared_with=body.shared_with,
        project_id=body.project_id,
        name=body.name,
        icon=body.icon,
        layout=body.layout,
        filters=msgspec.to_builtins(body.filters),
        grouping=body.grouping,
        sorting=msgspec.to_builtins(body.sorting),
        properties=body.properties,
        position=between(last, None) if body.position is None else check_position(body.position),
        created_at=work.now,
        updated_at=work.now,
        version=1,
    )
    await _check_sharing(work, member, row)
    return same(await work.insert(VIEW, row), View)


async def change_view(work: Work, member: Member, body: ViewPatch, *, view_id: str) -> View:
    """Change a view: one's own, or a shared one if you may edit where it is shared."""
    row = await scoped.view(work.tx, member, view_id)
    work.check_version(row)
    await _check_may_edit(work, member, row)
    if body.position is not UNSET:
        check_position(body.position)
    changes = {name: msgspec.to_builtins(value) for name, value in given(body).items()}
    after = msgspec.structs.replace(row, **changes)
    if check_may_share(member, row, after):
        await _check_sharing(work, member, after)
    return same(await work.update(VIEW, row, **changes), View)


async def delete_view(work: Work, member: Member, _body: None, *, view_id: str) -> None:
    """Delete a view: one's own, or as an admin a shared one."""
    row = await scoped.view(work.tx, member, view_id)
    check_may_delete(member, row)
    work.check_version(row)
    await work.delete(VIEW, row)


def check_may_delete(member: Member, row: ViewRow) -> None:
    """Forbidden for a view of somebody else, unless the member is an admin."""
    if row.owner_id != member.user_id:
        member.require_role("admin")


def check_may_share(member: Member, before: ViewRow, after: ViewRow) -> bool:
    """Whether it is shared with others than before; Forbidden when it is somebody else's."""
    is_same = (after.shared_with, after.project_id) == (before.shared_with, before.project_id)
    if not is_same and before.owner_id != member.user_id:
        raise Forbidden("not_yours", "Only its owner decides with whom a view is shared.")
    return not is_same


async def _check_sharing(work: Work, member: Member, row: ViewRow) -> None:
    if row.shared_with == "project" and row.project_id is None:
        raise Invalid.field("project_id", "missing_field", "is required for a view that is shared with a project")
    if row.shared_with == "workspace":
        member.require_role("member")
    if row.project_id is not None:
        await scoped.project(work.tx, member, row.project_id, "edit" if row.shared_with == "project" else "view")


async def _check_may_edit(work: Work, member: Member, row: ViewRow) -> None:
    if row.owner_id == member.user_id:
        return
    if row.shared_with == "workspace":
        member.require_role("member")
    elif row.project_id is not None:
        await scoped.project(work.tx, member, row.project_id, "edit", "view")
