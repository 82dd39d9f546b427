"""Exports of oneself are asked for, finished and forgotten."""

from datetime import timedelta
from typing import ClassVar, Final

import msgspec

from headway.changes.work import Work
from headway.modules.auth.contracts import Account
from headway.modules.users.contracts.messages import Export
from headway.modules.users.store.exports import EXPORT, EXPORTS_OF, ExportRow
from headway.modules.users.views import export_view
from headway.platform.ids import new_id
from headway.platform.jobs import LOW, enqueue
from headway.platform.problems import Conflict

KEPT_FOR: Final = timedelta(days=7)
AT_MOST: Final = 5


class MakeExport(msgspec.Struct, frozen=True):
    """An export waits to be made."""

    JOB: ClassVar[str] = "users.make_export"
    user_id: str
    export_id: str


class ForgetExport(msgspec.Struct, frozen=True):
    """An archive is wanted no more."""

    JOB: ClassVar[str] = "users.forget_export"
    user_id: str
    export_id: str


def archive_key(user_id: str, export_id: str) -> str:
    """Where the archive is kept."""
    return f"exports/{user_id}/{export_id}.zip"


async def request_export(work: Work, account: Account, _body: None) -> Export:
    """Ask for all that is kept of oneself, as an archive of JSON and files. One that is under way is answered again."""
    held = await work.tx.rows(EXPORTS_OF, user_id=account.id)
    waiting = next((row for row in held if row.state == "waiting"), None)
    if waiting is not None:
        return export_view(waiting)
    if len(held) >= AT_MOST:
        raise Conflict("too_many_exports", f"There may be at most {AT_MOST} exports; they go after a week.")
    row = ExportRow(account.id, new_id(), "waiting", None, work.now, work.now + KEPT_FOR, 1)
    await work.insert(EXPORT, row)
    await enqueue(work.tx, MakeExport.JOB, MakeExport(account.id, row.id), work.now, priority=LOW)
    return export_view(row)
