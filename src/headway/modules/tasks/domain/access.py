"""What a person may do: a role in the workspace, and a level in each project.

Owners, admins and members see every open project; guests see only the projects they are listed in. A private project
is seen by the people listed in it and by nobody else, whatever their role.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from headway.changes.contracts import ADMINS, EVERYONE, MEMBERS, person_scope, project_scope
from headway.platform.problems import Forbidden, NotFound

Role = Literal["owner", "admin", "member", "guest"]
Level = Literal["view", "comment", "edit"]
ProjectAccess = Literal["open", "private"]

ROLES: Final[tuple[Role, ...]] = ("guest", "member", "admin", "owner")
LEVELS: Final[tuple[Level, ...]] = ("view", "comment", "edit")


@dataclass(frozen=True, slots=True)
class Member:
    """One person in one workspace: the context of every write."""

    user_id: str
    workspace_id: str
    role: Role

    def has_role(self, least: Role) -> bool:
        """Whether the person's role is at least that."""
        return ROLES.index(self.role) >= ROLES.index(least)

    def require_role(self, least: Role) -> None:
        """Forbidden unless the person's role is at least that."""
        if not self.has_role(least):
            raise Forbidden("role_too_low", f"Only {_plural(least)} of this workspace may do that.")

    def level(self, access: ProjectAccess, listed: Level | None) -> Level | None:
        """What the person may do in a project, given how it is listed for the person; None when it is not seen."""
        if access == "open" and self.has_role("member"):
            return "edit"
        return listed


@dataclass(frozen=True, slots=True)
class Access:
    """A member with every project that the person sees: the context of reads that span projects."""

    member: Member
    levels: Mapping[str, Level]

    def sees(self, project_id: str) -> bool:
        """Whether the person sees the project."""
        return project_id in self.levels

    def scopes(self) -> frozenset[str]:
        """The scopes of the workspace's log that the person may read."""
        found = {EVERYONE, person_scope(self.member.user_id), *(project_scope(project) for project in self.levels)}
        if self.member.has_role("member"):
            found.add(MEMBERS)
        if self.member.has_role("admin"):
            found.add(ADMINS)
        return frozenset(found)


def require_level(level: Level | None, least: Level, what: str) -> Level:
    """The level, when it is high enough; NotFound when there is none, Forbidden when it is too low."""
    if level is None:
        raise NotFound(what)
    if LEVELS.index(level) < LEVELS.index(least):
        raise Forbidden("level_too_low", f"You may only {level} in this project.")
    return level


def _plural(role: Role) -> str:
    return {"owner": "owners", "admin": "owners and admins", "member": "members", "guest": "people"}[role]
