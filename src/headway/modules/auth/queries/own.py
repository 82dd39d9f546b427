"""What one may know of one's own account."""

from headway.modules.auth.contracts.messages import SecondFactorState, Sessions, Tokens
from headway.modules.auth.store.second_factors import FACTORS_OF
from headway.modules.auth.store.sessions import SESSIONS_OF
from headway.modules.auth.store.tokens import TOKENS_OF
from headway.modules.auth.views import session_view, token_view
from headway.platform.actor import Actor
from headway.platform.clock import Clock
from headway.platform.db.port import Reader


class OwnQueries:
    """The reads below /auth."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    async def sessions(self, reader: Reader, actor: Actor, _query: None) -> Sessions:
        """Where one is signed in, the last used first."""
        rows = await reader.rows(SESSIONS_OF, user_id=actor.id)
        live = [row for row in rows if row.expires_at > self._clock.now()]
        live.sort(key=lambda row: row.seen_at, reverse=True)
        return Sessions(tuple(session_view(row, actor.credential_id) for row in live))

    async def tokens(self, reader: Reader, actor: Actor, _query: None) -> Tokens:
        """One's API tokens, the newest first; never what proves them."""
        rows = await reader.rows(TOKENS_OF, user_id=actor.id)
        rows.sort(key=lambda row: row.created_at, reverse=True)
        return Tokens(tuple(token_view(row) for row in rows))

    async def second_factor(self, reader: Reader, actor: Actor, _query: None) -> SecondFactorState:
        """Whether one has a second factor."""
        factor = await reader.row(FACTORS_OF, user_id=actor.id)
        if factor is None or factor.confirmed_at is None:
            return SecondFactorState(enabled=False, confirmed_at=None, recovery_codes_left=0)
        return SecondFactorState(
            enabled=True, confirmed_at=factor.confirmed_at, recovery_codes_left=len(factor.recovery_hashes)
        )
