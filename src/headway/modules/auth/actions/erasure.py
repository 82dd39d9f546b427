"""An account is erased: what remains is that it was there."""

from headway.changes.work import Work
from headway.modules.auth.actions import sessions
from headway.modules.auth.actions.passwords import discard_links
from headway.modules.auth.actions.revocations import revoke
from headway.modules.auth.actions.second_factor import take_away
from headway.modules.auth.actions.tokens import revoke_all_tokens
from headway.modules.auth.store.accounts import ACCOUNT, AccountRow


async def erase_account(work: Work, account: AccountRow) -> None:
    """End all that lets the person in, and forget who it was."""
    await sessions.end_all(work)
    await revoke_all_tokens(work)
    await take_away(work, account.id)
    await discard_links(work, "password")
    await discard_links(work, "address")
    await work.update(
        ACCOUNT,
        account,
        state="erased",
        email="",
        name="",
        search_text="",
        password_hash="",
    )
    await revoke(work, account.id)
