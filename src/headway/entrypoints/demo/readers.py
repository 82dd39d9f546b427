"""The readers of the log, which the demo leaves at its end: nobody is told old news."""

from collections.abc import Mapping, Sequence
from typing import Final

from headway.changes.contracts import StreamKind

READERS: Final[Mapping[StreamKind, Sequence[str]]] = {
    "workspace": ("access", "reminders", "loose_files", "notifications.news", "analytics"),
    "account": ("users.profiles", "auth.instance", "personal_workspaces", "leavers", "notifications.people"),
    "profile": ("auth.accounts", "notifications.people"),
}
"""Written down, since asking the modules would mean to start the product; a test compares the two."""
