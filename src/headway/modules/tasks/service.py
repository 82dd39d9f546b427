"""Which stream a write changes, and the actor's place in it: every write of this module starts here."""

from headway.changes.contracts import Stream
from headway.changes.work import Work
from headway.modules.tasks.actions.workspaces import exists, make_personal_workspace
from headway.modules.tasks.contracts import NewProject, NewTask, NewWorkspace
from headway.modules.tasks.domain.access import Member
from headway.modules.tasks.store import scoped
from headway.modules.tasks.store.locate import locate
from headway.modules.tasks.store.workspaces import stream_of
from headway.platform.actor import Actor
from headway.platform.db.port import Reader
from headway.platform.ids import new_id
from headway.platform.problems import NotFound


async def enter_workspace(work: Work, actor: Actor) -> Member:
    """The actor's place in the stream's workspace. The first touch makes one's own personal workspace."""
    member = await scoped.find_member(work.tx, actor.id, work.stream.owner)
    if member is not None:
        return member
    if work.stream.owner == actor.id and not await exists(work):
        return await make_personal_workspace(work)
    raise NotFound("workspace")


async def enter_new(_work: Work, actor: Actor) -> str:
    """For what makes a workspace: who will own it."""
    return actor.id


async def by_task(reader: Reader, actor: Actor, _body: object, *, task_id: str, **_rest: str) -> Stream:
    """`Write.locate` of what stands below /tasks/{task_id}."""
    return stream_of(await locate(reader, actor, "task", task_id))


async def by_project(reader: Reader, actor: Actor, _body: object, *, project_id: str, **_rest: str) -> Stream:
    """`Write.locate` of what stands below /projects/{project_id}."""
    return stream_of(await locate(reader, actor, "project", project_id))


async def by_workspace(_reader: Reader, _actor: Actor, _body: object, *, workspace_id: str, **_rest: str) -> Stream:
    """`Write.locate` of what stands below /workspaces/{workspace_id}."""
    return stream_of(workspace_id)


async def by_new_workspace(_reader: Reader, _actor: Actor, body: NewWorkspace) -> Stream:
    """`Write.locate` of a workspace to be made."""
    return stream_of(body.id or new_id())


async def by_home(reader: Reader, actor: Actor, body: NewTask | NewProject) -> Stream:
    """`Write.locate` of something to be made in the workspace or project that it names, else in one's own workspace."""
    if body.workspace_id is None and isinstance(body, NewTask) and body.project_id is not None:
        return stream_of(await locate(reader, actor, "project", body.project_id))
    return stream_of(body.workspace_id or actor.id)
