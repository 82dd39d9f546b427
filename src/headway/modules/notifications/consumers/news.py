"""Makes news of what happens in workspaces."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from headway.changes.contracts import Recorded, Stream
from headway.modules.auth.contracts import Accounts
from headway.modules.notifications.actions.alarms import Alarms
from headway.modules.notifications.actions.delivery import Delivery
from headway.modules.notifications.actions.tidings import Tidings
from headway.modules.notifications.contracts import Sight
from headway.modules.users.contracts import People
from headway.platform.db.port import Transaction

NAME: Final = "notifications.news"


@dataclass(frozen=True)
class NewsReader:
    """Reads workspace streams."""

    people: People
    accounts: Accounts
    sight: Sight

    async def read(self, tx: Transaction, stream: Stream, entries: Sequence[Recorded]) -> None:
        """Handle entries of a workspace stream."""
        tidings = Tidings(tx, stream.owner, self.accounts, self.sight, Alarms(tx, self.people))
        await tidings.read(entries)
        await Delivery(tx, self.accounts, self.sight).deliver(tidings.news)
