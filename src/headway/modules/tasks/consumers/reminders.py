"""Keeps reminders in step with their tasks, however a task came to be due at another time, closed or open again."""

from collections.abc import Sequence
from typing import Final

from headway.changes.contracts import Recorded, Stream
from headway.changes.work import Work
from headway.modules.tasks.actions.reminders import follow_task
from headway.platform.db.port import Transaction

NAME: Final = "reminders"
DECIDING: Final = frozenset({"due_date", "due_at", "status_category", "trashed_at"})


async def follow(tx: Transaction, stream: Stream, entries: Sequence[Recorded]) -> None:
    """Handle entries of a workspace stream."""
    touched = {
        recorded.entry.id: recorded.entry.at
        for recorded in entries
        if recorded.entry.kind == "task" and DECIDING & recorded.entry.fields.keys()
    }
    for task_id, at in touched.items():
        work = Work(tx, stream, None, at, origin="system")
        await follow_task(work, task_id)
        await work.finish()
