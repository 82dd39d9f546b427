"""What other modules ask: which projects somebody sees, and who knows whom."""

from headway.modules.tasks.store import scoped
from headway.platform.actor import Actor
from headway.platform.db.port import Reader


class ProjectsSeenInTables:
    """Answers from the member rows."""

    async def projects_seen(self, reader: Reader, actor: Actor) -> dict[str, frozenset[str]]:
        """The ids of the projects that a person sees, by workspace."""
        return {
            member.workspace_id: frozenset((await scoped.access(reader, member)).levels)
            for member in await scoped.members_of_person(reader, actor.id)
        }
