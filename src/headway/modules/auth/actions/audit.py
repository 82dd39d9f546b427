"""Who did what to whom, for administrators."""

from typing import Any, Final

from headway.changes.contracts import Entry, Recorded
from headway.changes.work import Work
from headway.modules.auth.store.instance import AUDIT, AuditRow
from headway.platform.ids import new_id

# Any: each action has its own details
Details = dict[str, Any]

_BY_KIND: Final = {
    ("account", "create"): "account.registered",
    ("second_factor", "delete"): "second_factor.removed",
    ("api_token", "create"): "token.created",
    ("api_token", "delete"): "token.revoked",
    ("link", "create"): "link.created",
}
_STATES: Final = {"active": "account.reinstated", "suspended": "account.suspended", "erased": "account.erased"}


async def note(work: Work, action: str, subject: str | None, **details: Any) -> None:  # Any: as in Details
    """Add a line to the audit log, in the instance stream."""
    await work.insert(AUDIT, AuditRow(new_id(), work.now, work.actor, action, subject, details, 1))


async def note_entry(work: Work, recorded: Recorded) -> None:
    """Add the line that an entry of an account's stream gives rise to, if it does."""
    action = action_of(recorded.entry)
    if action is not None:
        entry = recorded.entry
        subject = entry.stream.partition(":")[2]
        details = {"purpose": entry.fields.get("purpose")} if entry.kind == "link" else {}
        await work.insert(AUDIT, AuditRow(new_id(), entry.at, entry.actor, action, subject, details, 1))


def action_of(entry: Entry) -> str | None:
    """What an entry of an account's stream is called in the audit log; None for what does not belong there."""
    if entry.kind == "account" and entry.op == "update":
        if "state" in entry.fields:
            return _STATES[entry.fields["state"]]
        if "password_changed_at" in entry.fields:
            return "password.changed"
        return "address.changed" if "email" in entry.fields else None
    if entry.kind == "second_factor" and entry.fields.get("confirmed_at"):
        return "second_factor.confirmed"
    return _BY_KIND.get((entry.kind, entry.op))
