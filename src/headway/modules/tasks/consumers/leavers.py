"""Takes people out of their workspaces when their account is erased."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from headway.changes.contracts import Recorded, Stream
from headway.changes.work import Work
from headway.modules.auth.contracts import Accounts
from headway.modules.tasks.actions.erasure import leave_for_good
from headway.modules.tasks.store import scoped
from headway.modules.tasks.store.workspaces import stream_of
from headway.platform.db.port import Transaction

NAME: Final = "leavers"


@dataclass(frozen=True)
class Leavers:
    """Asks auth whether an account that has changed was erased."""

    accounts: Accounts

    async def follow(self, tx: Transaction, stream: Stream, entries: Sequence[Recorded]) -> None:
        """Handle entries of an account stream."""
        changed = [recorded.entry for recorded in entries if recorded.entry.kind == "account"]
        if not changed:
            return
        account = await self.accounts.by_id(tx, stream.owner)
        if account is None or account.state != "erased":
            return
        for member in await scoped.members_of_person(tx, stream.owner):
            work = Work(tx, stream_of(member.workspace_id), None, changed[-1].at, origin="system")
            await leave_for_good(work, stream.owner)
            await work.finish()
