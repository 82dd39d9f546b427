"""The password is changed, or set anew by a link."""

import hmac
from datetime import timedelta
from typing import Final

from headway.changes.work import Work
from headway.modules.auth.actions import sessions
from headway.modules.auth.domain import link_token
from headway.modules.auth.store.accounts import ACCOUNT, ACCOUNT_BY_ID, AccountRow
from headway.modules.auth.store.links import LINK, LINKS_OF, LinkRow, Purpose
from headway.platform.ids import new_id
from headway.platform.problems import Conflict, NotFound

GOOD_FOR: Final = timedelta(hours=2)
AT_MOST: Final = 5


async def set_password(work: Work, account: AccountRow, password_hash: str, keep: str | None) -> None:
    """Set the password and end all sessions except for one. Conflict when it was changed in the meantime.

    Links end too: whoever knew the former password may have asked for one to another address.
    """
    today = await work.tx.row(ACCOUNT_BY_ID, id=account.id)
    if today is None or today.password_hash != account.password_hash or today.state != "active":
        raise Conflict("changed_meanwhile", "The account was changed in the meantime; try again.")
    await work.update(ACCOUNT, today, password_hash=password_hash, password_changed_at=work.now)
    await discard_links(work, "password")
    await discard_links(work, "address")
    await sessions.end_all(work, keep)


async def make_link(work: Work, purpose: Purpose, email: str) -> tuple[LinkRow, str]:
    """A link for the stream's person, and its token. Conflict when so many were made within their time."""
    held = await work.tx.rows(LINKS_OF, user_id=work.stream.owner, purpose=purpose)
    stale = [row for row in held if row.expires_at <= work.now]
    for row in stale:
        await work.delete(LINK, row)
    if len(held) - len(stale) >= AT_MOST:
        raise Conflict("too_many_links", "So many links were sent already; use one of them, or try again later.")
    token = link_token.new_token(work.stream.owner)
    kept = link_token.hash_of(token)
    row = LinkRow(work.stream.owner, new_id(), purpose, kept, email, work.now, work.now + GOOD_FOR, 1)
    return await work.insert(LINK, row), token


async def find_link(work: Work, purpose: Purpose, token: link_token.LinkToken) -> LinkRow:
    """The link of that token, as long as it may be used; NotFound."""
    for row in await work.tx.rows(LINKS_OF, user_id=token.owner_id, purpose=purpose):
        if hmac.compare_digest(row.token_hash, token.hash) and row.expires_at > work.now:
            return row
    raise NotFound("link that still works")


async def discard_links(work: Work, purpose: Purpose) -> None:
    """Let no link for that purpose work any more."""
    for row in await work.tx.rows(LINKS_OF, user_id=work.stream.owner, purpose=purpose):
        await work.delete(LINK, row)
