"""Notes which files no attachment refers to any more, however the attachment went."""

from collections.abc import Sequence
from typing import Final

from headway.changes.contracts import Recorded, Stream
from headway.modules.tasks.store.attachments import FORGET_LOOSE, loose_files
from headway.platform.db.port import Transaction
from headway.platform.db.statement import insert_into

NAME: Final = "loose_files"


async def note(tx: Transaction, stream: Stream, entries: Sequence[Recorded]) -> None:
    """Handle entries of a workspace stream."""
    for recorded in entries:
        entry = recorded.entry
        if entry.kind == "attachment" and entry.op == "delete":
            file_id = recorded.before["file_id"]
            await tx.execute(FORGET_LOOSE, of_workspace=stream.owner, file=file_id)
            await tx.execute(insert_into(loose_files), workspace_id=stream.owner, file_id=file_id, since=entry.at)
