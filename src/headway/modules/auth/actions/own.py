"""How writes of one's own account begin."""

from dataclasses import dataclass

from headway.changes.contracts import Stream
from headway.changes.work import Work
from headway.modules.auth.store.accounts import ACCOUNT_BY_ID, AccountRow
from headway.modules.auth.store.schema import account_stream
from headway.modules.auth.store.sessions import SESSION_BY_ID
from headway.platform.actor import Actor
from headway.platform.db.port import Reader
from headway.platform.problems import Forbidden, Unauthenticated


@dataclass(frozen=True, slots=True)
class Own:
    """The actor's account, and the session that the request came with, if it did."""

    account: AccountRow
    session_id: str | None


async def own_stream(_reader: Reader, actor: Actor, _body: object, **_path: str) -> Stream:
    """`Write.locate`: the actor's own account."""
    return account_stream(actor.id)


async def enter(work: Work, actor: Actor) -> Own:
    """`Write.enter`: the account, as long as it is active."""
    account = await work.tx.row(ACCOUNT_BY_ID, id=actor.id)
    if account is None or account.state != "active":
        raise Unauthenticated("unauthenticated", "This account is not active.")
    session = await work.tx.row(SESSION_BY_ID, user_id=actor.id, id=actor.credential_id)
    return Own(account, None if session is None else session.id)


async def enter_by_session(work: Work, actor: Actor) -> Own:
    """`Write.enter` of what a token may not do, however wide its scopes: hand out or change credentials."""
    own = await enter(work, actor)
    if own.session_id is None:
        raise Forbidden("session_required", "Sign in with your password to do this; a token is not enough.")
    return own
