"""People of a workspace get another role, are removed, or leave."""

from headway.changes.log import version_of
from headway.changes.work import Work
from headway.modules.tasks.actions.inheritance import give_up_projects
from headway.modules.tasks.contracts.members import Departure, MemberPatch, Membership
from headway.modules.tasks.domain.access import Member, Role
from headway.modules.tasks.domain.membership import check_owner_remains, check_removal, check_role_change
from headway.modules.tasks.store import reminders, views, workspaces
from headway.modules.tasks.store.assignments import open_tasks_of
from headway.modules.tasks.store.reminders import REMINDER
from headway.modules.tasks.store.views import VIEW
from headway.modules.tasks.store.workspaces import MEMBER, MemberRow
from headway.modules.tasks.views import membership_view, task_view
from headway.platform.ids import NIL_ID
from headway.platform.problems import Conflict, NotFound

LISTED_TASKS = 200


async def add_member(work: Work, user_id: str, role: Role) -> MemberRow:
    """Make somebody a member. Who comes back starts above every version that was told of the person before."""
    version = await version_of(work.tx, work.stream) + 1
    return await work.insert(MEMBER, MemberRow(work.stream.owner, user_id, role, work.now, version))


async def change_role(work: Work, member: Member, body: MemberPatch, *, workspace_id: str, user_id: str) -> Membership:
    """Give somebody another role. Owners may do all, admins all that is not about owners; the last owner stays one."""
    await work.lock()
    row = await _member(work, workspace_id, user_id)
    work.check_version(row)
    check_role_change(member, row.role, body.role)
    check_owner_remains(row.role, body.role, await _owners(work))
    return membership_view(await work.update(MEMBER, row, role=body.role))


async def remove_member(work: Work, member: Member, _body: None, *, workspace_id: str, user_id: str) -> Departure:
    """Remove somebody, or leave oneself. The answer lists the open tasks that want another assignee.

    What was the person's alone goes: reminders and own views. Private projects that nobody else could edit go to who
    removes, or to an owner when the person leaves.
    """
    await work.lock()
    workspace = await work.tx.row(workspaces.WORKSPACE_BY_ID, id=workspace_id)
    if workspace_id == user_id and workspace is not None and workspace.kind == "personal":
        raise Conflict("personal_workspace", "Nobody leaves their own personal workspace.")
    row = await _member(work, workspace_id, user_id)
    work.check_version(row)
    check_removal(member, user_id, row.role)
    check_owner_remains(row.role, None, await _owners(work))
    found = await open_tasks_of(work.tx, member, user_id, NIL_ID, LISTED_TASKS + 1)
    open_tasks = [task_view(task, key, with_description=False) for task, key in found[:LISTED_TASKS]]
    heir = await _owner_beside(work, user_id) if user_id == member.user_id else member.user_id
    inherited = await depart(work, row, heir)
    return Departure(user_id, open_tasks, len(found) > LISTED_TASKS, inherited)


async def depart(work: Work, row: MemberRow, heir_id: str) -> list[str]:
    """Take somebody out of the workspace; the ids of the private projects that went to the heir."""
    inherited = await give_up_projects(work, row.id, heir_id)
    await _delete_own_things(work, row.id)
    await work.delete(MEMBER, row)
    return inherited


async def _delete_own_things(work: Work, user_id: str) -> None:
    of_person = {"workspace_id": work.stream.owner, "user_id": user_id}
    for reminder in await work.tx.rows(reminders.REMINDERS_OF_PERSON, **of_person):
        await work.delete(REMINDER, reminder)
    for view in await work.tx.rows(views.OWN_VIEWS, **of_person):
        await work.delete(VIEW, view)


async def _member(work: Work, workspace_id: str, user_id: str) -> MemberRow:
    row = await work.tx.row(workspaces.MEMBER_OF, workspace_id=workspace_id, user_id=user_id)
    if row is None:
        raise NotFound("member")
    return row


async def _owners(work: Work) -> int:
    rows = await work.tx.rows(workspaces.MEMBERS_OF, workspace_id=work.stream.owner)
    return sum(row.role == "owner" for row in rows)


async def _owner_beside(work: Work, user_id: str) -> str:
    """The owner who has been here longest, beside that person."""
    rows = await work.tx.rows(workspaces.MEMBERS_OF, workspace_id=work.stream.owner)
    others = [row for row in rows if row.role == "owner" and row.id != user_id]
    return min(others, key=lambda row: (row.joined_at, row.id)).id
