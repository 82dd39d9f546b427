"""Notes which files no attachment refers to any more, however the attachment went.

Once a whole workspace is gone, it forgets what the log said of it: this reader needs that log's contents the longest.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from headway.changes.contracts import Recorded, Stream
from headway.changes.redaction import redact
from headway.modules.tasks.store.attachments import ATTACHMENT_OF_FILE, FORGET_LOOSE, loose_files
from headway.platform.db.port import Transaction
from headway.platform.db.statement import insert_into

NAME: Final = "loose_files"


async def note(tx: Transaction, stream: Stream, entries: Sequence[Recorded]) -> None:
    """Handle entries of a workspace stream."""
    for recorded in entries:
        entry = recorded.entry
        file_id = recorded.before.get("file_id")  # missing once it is forgotten
        if entry.kind == "attachment" and entry.op == "create" and "file_id" in entry.fields:
            await tx.execute(FORGET_LOOSE, of_workspace=stream.owner, file=entry.fields["file_id"])
        elif entry.kind == "attachment" and entry.op == "delete" and file_id is not None:
            await _note_loose(tx, stream.owner, file_id, entry.at, recorded.before.get("size", 0))
        elif entry.kind == "workspace" and entry.op == "delete":
            await redact(tx, stream, until=entry.version + 1)


async def _note_loose(tx: Transaction, workspace_id: str, file_id: str, since: datetime, size: int) -> None:
    await tx.execute(FORGET_LOOSE, of_workspace=workspace_id, file=file_id)
    if await tx.row(ATTACHMENT_OF_FILE, workspace_id=workspace_id, file_id=file_id) is None:
        loose = {"workspace_id": workspace_id, "file_id": file_id, "since": since, "size": size}
        await tx.execute(insert_into(loose_files), **loose)
