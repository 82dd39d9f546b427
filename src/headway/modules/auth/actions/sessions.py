"""Sessions begin, go on and end."""

from typing import Final

from headway.changes.work import Work
from headway.modules.auth.domain import refresh_token
from headway.modules.auth.store.sessions import SESSION, SESSIONS_OF, SessionRow
from headway.platform.ids import new_id

AT_MOST: Final = 100


async def begin(work: Work, address: str, user_agent: str) -> SessionRow:
    """A new session of the stream's person. Beyond a hundred, the one that was away longest ends."""
    user_id, now = work.stream.owner, work.now
    held = await work.tx.rows(SESSIONS_OF, user_id=user_id)
    stale = [row for row in held if row.expires_at <= now]
    crowded = sorted((row for row in held if row.expires_at > now), key=lambda row: row.seen_at)[: -AT_MOST + 1]
    for row in [*stale, *crowded]:
        await work.delete(SESSION, row)
    session = SessionRow(
        user_id,
        new_id(),
        now,
        now,
        now + refresh_token.LIFETIME,
        address[:45],
        user_agent[:300],
        1,
        {},
        1,
    )
    return await work.insert(SESSION, session)
