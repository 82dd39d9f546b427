"""Who may change whose place in a workspace."""

from headway.modules.tasks.domain.access import Member, Role
from headway.platform.problems import Conflict


def check_role_change(actor: Member, former: Role, role: Role) -> None:
    """Forbidden unless the actor may give somebody another role."""
    actor.require_role("admin")
    if "owner" in {former, role}:
        actor.require_role("owner")


def check_removal(actor: Member, user_id: str, role: Role) -> None:
    """Forbidden unless the actor may remove that person; everybody may leave."""
    if user_id == actor.user_id:
        return
    actor.require_role("admin")
    if role == "owner":
        actor.require_role("owner")


def check_owner_remains(former: Role, role: Role | None, owners: int) -> None:
    """Conflict when the last owner would be one no longer; `role` is None for somebody who leaves."""
    if former == "owner" and role != "owner" and owners == 1:
        raise Conflict("last_owner", "This workspace needs an owner. Make somebody else an owner first.")


def check_may_invite(actor: Member, role: Role) -> None:
    """Forbidden unless the actor may invite somebody to that role."""
    actor.require_role("admin")
    if role == "owner":
        actor.require_role("owner")
