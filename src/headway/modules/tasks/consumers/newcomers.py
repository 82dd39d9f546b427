"""Makes everybody's personal workspace, soon after the account."""

from collections.abc import Sequence
from typing import Final

from headway.changes.contracts import Recorded, Stream
from headway.changes.work import Work
from headway.modules.tasks.actions.workspaces import exists, make_personal_workspace
from headway.modules.tasks.store.workspaces import stream_of
from headway.platform.db.port import Transaction

NAME: Final = "personal_workspaces"


async def welcome(tx: Transaction, stream: Stream, entries: Sequence[Recorded]) -> None:
    """Handle entries of an account stream."""
    for recorded in entries:
        entry = recorded.entry
        if entry.kind == "account" and entry.op == "create":
            work = Work(tx, stream_of(stream.owner), stream.owner, entry.at)
            if not await exists(work):
                await make_personal_workspace(work)
                await work.finish()
