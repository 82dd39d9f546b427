"""Which stream a write changes, and the actor's place in it: every write of this module starts here."""

from collections.abc import Awaitable, Callable

from headway.changes.contracts import Stream
from headway.changes.log import of_action
from headway.changes.work import Work
from headway.modules.tasks.actions.workspaces import exists, make_personal_workspace
from headway.modules.tasks.contracts import BulkPatch, NewProject, NewTask, NewWorkspace
from headway.modules.tasks.contracts.invitations import InvitationProof
from headway.modules.tasks.contracts.labels import NewLabel
from headway.modules.tasks.contracts.transfers import NewTransfer
from headway.modules.tasks.contracts.undo import UndoRequest
from headway.modules.tasks.contracts.views import NewView
from headway.modules.tasks.domain.access import Member
from headway.modules.tasks.domain.invitation_link import named_by
from headway.modules.tasks.store import scoped
from headway.modules.tasks.store.locate import locate
from headway.modules.tasks.store.workspaces import stream_of
from headway.platform.actor import Actor
from headway.platform.db.port import Reader
from headway.platform.ids import derived_id, new_id
from headway.platform.problems import NotFound

Locate = Callable[..., Awaitable[Stream]]


async def enter_workspace(work: Work, actor: Actor) -> Member:
    """The actor's place in the stream's workspace. The first touch makes one's own personal workspace."""
    member = await scoped.find_member(work.tx, actor.id, work.stream.owner)
    if member is not None:
        return member
    if work.stream.owner == actor.id and not await exists(work):
        return await make_personal_workspace(work)
    raise NotFound("workspace")


async def enter_new(_work: Work, actor: Actor) -> str:
    """For who is no member yet, but makes the workspace or joins it: who that is."""
    return actor.id


async def by_task(reader: Reader, actor: Actor, _body: object, *, task_id: str, **_rest: str) -> Stream:
    """`Write.locate` of what stands below /tasks/{task_id}."""
    return stream_of(await locate(reader, actor, "task", task_id))


async def by_tasks(reader: Reader, actor: Actor, body: BulkPatch) -> Stream:
    """`Write.locate` of a bulk edit: the workspace of the first task; those of other workspaces are not found there."""
    return stream_of(await locate(reader, actor, "task", body.ids[0]))


async def by_project(reader: Reader, actor: Actor, _body: object, *, project_id: str, **_rest: str) -> Stream:
    """`Write.locate` of what stands below /projects/{project_id}."""
    return stream_of(await locate(reader, actor, "project", project_id))


async def by_workspace(_reader: Reader, _actor: Actor, _body: object, *, workspace_id: str, **_rest: str) -> Stream:
    """`Write.locate` of what stands below /workspaces/{workspace_id}."""
    return stream_of(workspace_id)


async def by_new_workspace(_reader: Reader, actor: Actor, body: NewWorkspace, *, key: str | None) -> Stream:
    """`Write.locate` of a workspace to be made: a repeat with the same key finds the one that it made."""
    return stream_of(body.id or (derived_id("workspace", actor.id, key) if key else new_id()))


def by(what: str) -> Locate:
    """`Write.locate` of what stands below an object of that kind, whose id is `<kind>_id` in the path."""

    async def located(reader: Reader, actor: Actor, _body: object, **path: str) -> Stream:
        return stream_of(await locate(reader, actor, what, path[f"{what}_id"]))

    return located


async def by_token(_reader: Reader, _actor: Actor, body: InvitationProof) -> Stream:
    """`Write.locate` of what the holder of an invitation's link does."""
    named = named_by(body.token)
    if named is None:
        raise NotFound("invitation")
    return stream_of(named.workspace_id)


async def by_home(reader: Reader, actor: Actor, body: NewTask | NewProject | NewLabel | NewView) -> Stream:
    """`Write.locate` of something to be made in the workspace or project that it names, else in one's own workspace."""
    if body.workspace_id is None and isinstance(body, NewTask | NewView) and body.project_id is not None:
        return stream_of(await locate(reader, actor, "project", body.project_id))
    return stream_of(body.workspace_id or actor.id)


async def by_new_task(reader: Reader, actor: Actor, body: NewTask) -> Stream:
    """`Write.locate` of a task to be made: a subtask stands where its parent does."""
    if body.workspace_id is None and body.project_id is None and body.parent_id is not None:
        return stream_of(await locate(reader, actor, "task", body.parent_id))
    return await by_home(reader, actor, body)


async def by_action(reader: Reader, actor: Actor, body: UndoRequest) -> Stream:
    """`Write.locate` of an undo: the stream, among the actor's, in which the action was done."""
    for member in await scoped.members_of_person(reader, actor.id):
        stream = stream_of(member.workspace_id)
        if await of_action(reader, stream, body.action_id):
            return stream
    raise NotFound("action")


async def by_transfer(reader: Reader, actor: Actor, body: NewTransfer, *, task_id: str) -> Stream:
    """`Write.locate` of a move to another workspace: the task's, once it is sure that the caller may put it there."""
    stream = stream_of(await locate(reader, actor, "task", task_id))
    target = await scoped.member(reader, actor.id, body.workspace_id)
    await scoped.project(reader, target, body.project_id, "edit")
    return stream
