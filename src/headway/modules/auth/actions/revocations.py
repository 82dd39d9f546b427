"""Every process hears of what was taken away."""

from headway.changes.work import Work
from headway.modules.auth.store.revocations import revocations
from headway.platform.db.statement import insert_into
from headway.platform.ids import new_id


async def revoke(work: Work, user_id: str) -> None:
    """Let whatever was remembered of that person be asked for again."""
    await work.tx.execute(insert_into(revocations), id=new_id(), user_id=user_id, at=work.now)
