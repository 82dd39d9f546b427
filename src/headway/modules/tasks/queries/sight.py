"""Which projects a reader sees, with their keys: what every list of tasks begins with."""

from dataclasses import dataclass

from headway.modules.tasks.domain.access import Member
from headway.modules.tasks.store import projects, scoped
from headway.modules.tasks.store.locate import locate
from headway.modules.tasks.store.task_lists import PROJECTS_SEEN
from headway.platform.actor import Actor
from headway.platform.db.port import Reader


@dataclass(frozen=True, slots=True)
class Sight:
    """What somebody sees of a workspace: the keys of the projects by id, and whether that is all there are."""

    member: Member
    keys: dict[str, str]
    whole: bool


async def sight_of(reader: Reader, member: Member) -> Sight:
    """What a member sees."""
    found = await reader.rows(PROJECTS_SEEN, workspace_id=member.workspace_id)
    keys = {project_id: key for project_id, key, access in found if member.level(access, None)}
    if len(keys) < len(found):
        where = {"workspace_id": member.workspace_id, "user_id": member.user_id}
        listed = {project_id for project_id, _level in await reader.rows(projects.LEVELS_OF, **where)}
        keys |= {project_id: key for project_id, key, _access in found if project_id in listed}
    return Sight(member, keys, len(keys) == len(found))


async def sights(
    reader: Reader, actor: Actor, workspace_id: str | None, project_ids: tuple[str, ...] = ()
) -> list[Sight]:
    """What the actor sees of one workspace, else of that of the only project asked for, else of all; NotFound."""
    if workspace_id is None and len(project_ids) == 1:
        workspace_id = await locate(reader, actor, "project", project_ids[0])
    if workspace_id is not None:
        return [await sight_of(reader, await scoped.member(reader, actor.id, workspace_id))]
    return [await sight_of(reader, member) for member in await scoped.members_of_person(reader, actor.id)]
