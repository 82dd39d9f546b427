"""Makes everybody's personal workspace, soon after the account."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from headway.changes.contracts import Recorded, Stream
from headway.changes.work import Work
from headway.modules.auth.contracts import Accounts
from headway.modules.tasks.actions.workspaces import exists, make_personal_workspace
from headway.modules.tasks.store.workspaces import stream_of
from headway.platform.db.port import Transaction

NAME: Final = "personal_workspaces"


@dataclass(frozen=True)
class Newcomers:
    """Asks auth whether an account that was made is still there: the reader may come late."""

    accounts: Accounts

    async def follow(self, tx: Transaction, stream: Stream, entries: Sequence[Recorded]) -> None:
        """Handle entries of an account stream."""
        for recorded in entries:
            entry = recorded.entry
            if entry.kind == "account" and entry.op == "create" and await self._is_there(tx, stream.owner):
                work = Work(tx, stream_of(stream.owner), stream.owner, entry.at)
                if not await exists(work):
                    await make_personal_workspace(work)
                    await work.finish()

    async def _is_there(self, tx: Transaction, user_id: str) -> bool:
        account = await self.accounts.by_id(tx, user_id)
        return account is not None and account.state != "erased"
