"""Readers of the log in users: profiles follow accounts."""

from collections.abc import Sequence

from headway.changes.consumer import Consumer
from headway.changes.contracts import Recorded, Stream
from headway.changes.redaction import redact
from headway.changes.work import Work
from headway.modules.auth.contracts import Accounts
from headway.modules.users.actions.leaving import forget_person
from headway.modules.users.actions.profiles import ensure_profile
from headway.modules.users.store.profiles import profile_stream
from headway.platform.db.port import Database, Transaction
from headway.platform.faults import Faults


class FollowAccounts:
    """Makes the profile of a new account, and forgets the person when the account is erased."""

    def __init__(self, accounts: Accounts) -> None:
        self._accounts = accounts

    async def __call__(self, tx: Transaction, stream: Stream, entries: Sequence[Recorded]) -> None:
        """Handle entries of one account."""
        told = [recorded.entry for recorded in entries if recorded.entry.kind == "account"]
        if not told:
            return
        account = await self._accounts.by_id(tx, stream.owner)
        if account is None:
            return
        work = Work(tx, profile_stream(stream.owner), stream.owner, told[-1].at, origin="system")
        if account.state == "erased":
            await forget_person(work)
            await redact(tx, work.stream, until=(await work.finish()).version + 1)
        elif any(entry.op == "create" for entry in told):
            await ensure_profile(work, account)
            await work.finish()


def consumers(accounts: Accounts, database: Database, faults: Faults) -> tuple[Consumer, ...]:
    """All of them."""
    return (Consumer("users.profiles", frozenset({"account"}), FollowAccounts(accounts), database, faults),)
