"""Readers of the log in auth: the directory and the audit log follow the accounts, the accounts follow the profiles."""

from collections.abc import Sequence

from headway.changes.consumer import Consumer
from headway.changes.contracts import Recorded, Stream
from headway.changes.redaction import redact
from headway.changes.work import Work
from headway.modules.auth.actions import addresses as directory
from headway.modules.auth.actions.audit import note_entry
from headway.modules.auth.store.accounts import ACCOUNT, ACCOUNT_BY_ID, search_text
from headway.modules.auth.store.schema import INSTANCE, account_stream
from headway.platform.db.port import Database, Transaction
from headway.platform.faults import Faults

_COPIED = ("name", "language", "time_zone")


async def follow_accounts(tx: Transaction, stream: Stream, entries: Sequence[Recorded]) -> None:
    """Settle addresses, keep the audit log, and redact what is logged of somebody who was erased."""
    newest = entries[-1].entry
    work = Work(tx, INSTANCE, newest.actor, newest.at)
    states = [recorded.entry for recorded in entries if recorded.entry.kind == "account"]
    if any(entry.op == "create" or {"email", "state"} & entry.fields.keys() for entry in states):
        await directory.settle(work, stream.owner)
    for recorded in entries:
        await note_entry(work, recorded)
    await work.finish()
    erased = next((entry for entry in states if entry.fields.get("state") == "erased"), None)
    if erased is not None:
        await redact(tx, stream, until=erased.version)


async def follow_profiles(tx: Transaction, stream: Stream, entries: Sequence[Recorded]) -> None:
    """The account knows the name, language and time zone that the profile has, for mail and for administrators."""
    told = {
        name: value for each in entries if each.entry.kind == "profile" for name, value in each.entry.fields.items()
    }
    copied = {name: told[name] for name in _COPIED if name in told}
    account = await tx.row(ACCOUNT_BY_ID, id=stream.owner)
    if account is None or account.state == "erased" or not copied:
        return
    newest = entries[-1].entry
    work = Work(tx, account_stream(stream.owner), newest.actor, newest.at)
    text = search_text(copied.get("name", account.name), account.email)
    await work.update(ACCOUNT, account, **copied, search_text=text)
    await work.finish()


def consumers(database: Database, faults: Faults) -> tuple[Consumer, ...]:
    """All of them."""
    return (
        Consumer("auth.instance", frozenset({"account"}), follow_accounts, database, faults),
        Consumer("auth.accounts", frozenset({"profile"}), follow_profiles, database, faults),
    )
