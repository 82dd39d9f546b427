"""Personal API tokens are made and revoked."""

from typing import Final

from headway.changes.work import Work
from headway.modules.auth.actions.own import Own
from headway.modules.auth.actions.revocations import revoke
from headway.modules.auth.contracts.messages import MadeToken, NewToken
from headway.modules.auth.domain import api_token
from headway.modules.auth.store.tokens import API_TOKEN, TOKEN_BY_ID, TOKENS_OF, ApiTokenRow
from headway.platform.ids import new_id
from headway.platform.problems import Conflict, FieldError, NotFound

AT_MOST: Final = 100


async def make_token(work: Work, own: Own, body: NewToken) -> MadeToken:
    """Make a token for a program. The token itself is shown this once."""
    held = await work.tx.rows(TOKENS_OF, user_id=own.account.id)
    if len(held) >= AT_MOST:
        raise Conflict("too_many_tokens", f"There may be at most {AT_MOST} tokens; revoke one first.")
    if body.expires_at is not None and body.expires_at <= work.now:
        past = FieldError("expires_at", "in_the_past", "must be in the future")
        raise Conflict("in_the_past", "expires_at: must be in the future", errors=[past])
    if body.id is not None and any(row.id == body.id for row in held):
        raise Conflict("id_taken", "There is a token with this id already.")
    token = api_token.new_token(own.account.id)
    row = ApiTokenRow(
        own.account.id,
        body.id or new_id(),
        body.name,
        tuple(sorted(set(body.scopes))),
        api_token.hash_of(token),
        work.now,
        body.expires_at,
        None,
        1,
    )
    await work.insert(API_TOKEN, row)
    return MadeToken(row.id, row.name, row.scopes, row.created_at, row.expires_at, token)


async def revoke_token(work: Work, own: Own, _body: None, *, token_id: str) -> None:
    """Revoke a token: it stops working within a second."""
    row = await work.tx.row(TOKEN_BY_ID, user_id=own.account.id, id=token_id)
    if row is None:
        raise NotFound("token")
    await work.delete(API_TOKEN, row)
    await revoke(work, own.account.id)


async def revoke_all_tokens(work: Work) -> None:
    """Revoke every token of the stream's person: whoever had the account may have made some."""
    rows = await work.tx.rows(TOKENS_OF, user_id=work.stream.owner)
    for row in rows:
        await work.delete(API_TOKEN, row)
    if rows:
        await revoke(work, work.stream.owner)
