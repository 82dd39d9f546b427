"""Invitations to register on this installation."""

import hmac
from datetime import timedelta
from typing import Final

from headway.changes.work import Work
from headway.modules.auth.actions.audit import note
from headway.modules.auth.domain import addresses, link_token
from headway.modules.auth.store.accounts import ACCOUNT_BY_ID
from headway.modules.auth.store.instance import (
    INVITATION,
    INVITATION_BY_ID,
    INVITATIONS,
    InvitationRole,
    InvitationRow,
)
from headway.platform.ids import new_id
from headway.platform.problems import Conflict, NotFound

GOOD_FOR: Final = timedelta(days=7)
STARTING: Final = timedelta(hours=1)
"""Within so long instances count as started together."""
AT_MOST: Final = 1000


def token_of(key: bytes, row: InvitationRow) -> str:
    """The token of an invitation's link: derived, so that mail and administrators can have the same one."""
    return link_token.derived(key, row.id, row.expires_at.isoformat())


async def invite(
    work: Work, key: bytes, email: str | None, invitation_id: str | None, role: InvitationRole = "person"
) -> InvitationRow:
    """An invitation for that address, or for whoever has the link."""
    held = await work.tx.rows(INVITATIONS)
    if invitation_id is not None and any(row.id == invitation_id for row in held):
        raise Conflict("id_taken", "There is an invitation with this id already.")
    if len(held) >= AT_MOST and len(await _sweep(work, held)) >= AT_MOST:
        raise Conflict("too_many_invitations", f"There may be at most {AT_MOST} open invitations.")
    until = work.now + GOOD_FOR
    fresh = invitation_id or new_id()
    kept = link_token.hash_of(link_token.derived(key, fresh, until.isoformat()))
    row = await work.insert(INVITATION, InvitationRow(fresh, role, email, kept, work.actor, work.now, until, None, 1))
    await note(work, "invitation.created", row.id)
    return row


async def invite_administrator(work: Work, key: bytes, *, several: bool) -> InvitationRow:
    """The one invitation that makes the first administrator; any former one stops working.

    With `several` instances one that is young stays: another instance, which started just before, has shown it.
    """
    for row in await work.tx.rows(INVITATIONS):
        if row.role == "administrator":
            if several and work.now - row.created_at < STARTING:
                return row
            await work.delete(INVITATION, row)
    return await invite(work, key, None, None, "administrator")


async def renew(work: Work, key: bytes, invitation_id: str) -> InvitationRow:
    """Another week for an invitation, with another link; the former one stops working."""
    row = await work.tx.row(INVITATION_BY_ID, id=invitation_id)
    if row is None or row.used_by is not None:
        raise NotFound("open invitation")
    until = work.now + GOOD_FOR
    kept = link_token.hash_of(link_token.derived(key, row.id, until.isoformat()))
    await note(work, "invitation.renewed", row.id)
    return await work.update(INVITATION, row, token_hash=kept, expires_at=until)


async def withdraw(work: Work, _administrator: object, _body: None, *, invitation_id: str) -> None:
    """Withdraw an invitation: its link stops working."""
    row = await work.tx.row(INVITATION_BY_ID, id=invitation_id)
    if row is None:
        raise NotFound("invitation")
    await work.delete(INVITATION, row)
    await note(work, "invitation.withdrawn", row.id)


async def open_invitation(work: Work, token: str, email: str) -> InvitationRow | None:
    """The invitation of that token, as long as that address may use it."""
    parsed = link_token.parse(token)
    if parsed is None:
        return None
    row = await work.tx.row(INVITATION_BY_ID, id=parsed.owner_id)
    if row is None or not hmac.compare_digest(row.token_hash, parsed.hash):
        return None
    if row.expires_at <= work.now or (row.email is not None and addresses.key(row.email) != addresses.key(email)):
        return None
    used = row.used_by is not None and await work.tx.row(ACCOUNT_BY_ID, id=row.used_by) is not None
    return None if used else row


async def _sweep(work: Work, held: list[InvitationRow]) -> list[InvitationRow]:
    """Those that are still open; the others go."""
    left = []
    for row in held:
        if row.expires_at <= work.now or row.used_by is not None:
            await work.delete(INVITATION, row)
        else:
            left.append(row)
    return left
