"""A person is forgotten."""

from headway.changes.work import Work
from headway.modules.users.actions.avatars import ForgetAvatar
from headway.modules.users.actions.exports import ForgetExport
from headway.modules.users.store.exports import EXPORT, EXPORTS_OF
from headway.modules.users.store.profiles import PROFILE, PROFILE_BY_ID
from headway.platform.jobs import enqueue


async def forget_person(work: Work) -> None:
    """Empty the profile of the stream's person; the row stays, so that what names the person still finds somebody."""
    user_id = work.stream.owner
    for export in await work.tx.rows(EXPORTS_OF, user_id=user_id):
        await enqueue(work.tx, ForgetExport.JOB, ForgetExport(user_id, export.id), work.now)
        await work.delete(EXPORT, export)
    row = await work.tx.row(PROFILE_BY_ID, id=user_id)
    if row is None:
        return
    if row.avatar is not None:
        await enqueue(work.tx, ForgetAvatar.JOB, ForgetAvatar(user_id, row.avatar), work.now)
    await work.update(PROFILE, row, name="", preferences={}, avatar=None, time_zone="UTC")
