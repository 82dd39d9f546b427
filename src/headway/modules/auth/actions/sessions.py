"""Sessions begin, go on and end."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import msgspec

from headway.changes.work import Work
from headway.modules.auth.actions.own import Own
from headway.modules.auth.actions.revocations import revoke
from headway.modules.auth.domain import refresh_token
from headway.modules.auth.store.sessions import SESSION, SESSION_BY_ID, SESSIONS_OF, SessionRow, sessions
from headway.platform.db.statement import update_by_key
from headway.platform.ids import new_id
from headway.platform.problems import NotFound

AT_MOST: Final = 100

_ROTATE: Final = update_by_key(sessions, ("expires_at", "generation", "seen_at", "uses"))


async def begin(work: Work, address: str, user_agent: str, lifetime: timedelta) -> SessionRow:
    """A new session of the stream's person. Beyond a hundred, the one that was away longest ends."""
    user_id, now = work.stream.owner, work.now
    held = await work.tx.rows(SESSIONS_OF, user_id=user_id)
    stale = [row for row in held if row.expires_at <= now]
    live = sorted((row for row in held if row.expires_at > now), key=lambda row: row.seen_at)
    await end(work, [*stale, *live[: -AT_MOST + 1]])
    row = SessionRow(user_id, new_id(), now, now, now + lifetime, address[:45], user_agent[:300], 1, {}, 1)
    return await work.insert(SESSION, row)


@dataclass(frozen=True, slots=True)
class Renewed:
    """What became of a refresh token: the session and the generation of the successor, or None when it has ended."""

    session: SessionRow | None
    generation: int = 0


async def renew(work: Work, token: refresh_token.RefreshToken, lifetime: timedelta) -> Renewed:
    """Go on with a session, for `lifetime` from now. A token that was used before, and not just now, ends it.

    The rotation is no entry in the log: it changes nothing that anybody but the holder of the token could know.
    """
    session = await work.tx.row(SESSION_BY_ID, user_id=token.user_id, id=token.session_id)
    if session is None or session.expires_at <= work.now:
        return Renewed(None)
    verdict = refresh_token.judge(token.generation, session.generation, session.uses, work.now)
    if verdict == "stolen":
        await end(work, [session])
        return Renewed(None)
    if verdict == "rotate":
        session = await _rotate(work, session, lifetime)
    return Renewed(session, token.generation + 1)


async def _rotate(work: Work, session: SessionRow, lifetime: timedelta) -> SessionRow:
    recent = {made: used for made, used in session.uses.items() if work.now - used <= refresh_token.GRACE}
    changes = {
        "expires_at": work.now + lifetime,
        "generation": session.generation + 1,
        "seen_at": work.now,
        "uses": {**recent, session.generation: work.now},
    }
    await work.tx.execute(_ROTATE, **changes, **SESSION.key(session))
    return msgspec.structs.replace(session, **changes)


async def end(work: Work, rows: list[SessionRow]) -> None:
    """End sessions, everywhere within a second."""
    for row in rows:
        await work.delete(SESSION, row)
    if rows:
        await revoke(work, work.stream.owner)


async def end_all(work: Work, keep: str | None = None) -> None:
    """End the sessions of the stream's person, except for one."""
    rows = await work.tx.rows(SESSIONS_OF, user_id=work.stream.owner)
    await end(work, [row for row in rows if row.id != keep])


async def end_session(work: Work, _own: Own, _body: None, *, session_id: str) -> None:
    """End one of one's sessions: that browser is signed out within a second."""
    row = await work.tx.row(SESSION_BY_ID, user_id=work.stream.owner, id=session_id)
    if row is None:
        raise NotFound("session")
    await end(work, [row])


async def end_other_sessions(work: Work, own: Own, _body: None) -> None:
    """End all of one's sessions but the one that asks."""
    await end_all(work, keep=own.session_id)
