"""Takes people out of their workspaces when their account is erased, and forgets what the log says of them alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from headway.changes.contracts import Recorded, Stream, person_scope
from headway.changes.redaction import forget_answers_to, redact_scope, redact_subjects
from headway.changes.work import Work
from headway.modules.auth.contracts import Accounts
from headway.modules.tasks.actions.erasure import leave_for_good
from headway.modules.tasks.store import scoped
from headway.modules.tasks.store.reminders import REMINDER
from headway.modules.tasks.store.views import VIEW
from headway.modules.tasks.store.workspaces import stream_of
from headway.platform.db.port import Transaction

NAME: Final = "leavers"
_OWN: Final = (REMINDER.name, VIEW.name)


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
            invited_as = await leave_for_good(work, stream.owner)
            await work.finish()
            await redact_scope(tx, work.stream, person_scope(stream.owner), _OWN)
            await redact_subjects(tx, work.stream, invited_as)
            await forget_answers_to(tx, work.stream, stream.owner)
