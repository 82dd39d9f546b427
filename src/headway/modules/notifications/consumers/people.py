"""Follows people: where they are, and that they are gone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from headway.changes.contracts import Recorded, Stream
from headway.modules.notifications.actions.alarms import Alarms
from headway.modules.notifications.actions.retention import erase
from headway.modules.users.contracts import People
from headway.platform.db.port import Transaction

NAME: Final = "notifications.people"


@dataclass(frozen=True)
class PeopleReader:
    """Reads profile and account streams."""

    people: People

    async def read(self, tx: Transaction, stream: Stream, entries: Sequence[Recorded]) -> None:
        """Handle entries of one person."""
        newest = entries[-1].entry.at
        told = [(each.entry.kind, each.entry.fields) for each in entries]
        if any(kind == "profile" and "time_zone" in fields for kind, fields in told):
            await Alarms(tx, self.people).move(stream.owner, newest)
        if any(kind == "account" and fields.get("state") == "erased" for kind, fields in told):
            await erase(tx, stream.owner, newest)
