"""What auth keeps of a person, for the person's own export."""

from typing import Any

import msgspec

from headway.modules.auth.queries.accounts import AccountsInTables
from headway.modules.auth.store.instance import AUDIT_OF
from headway.modules.auth.store.sessions import SESSIONS_OF
from headway.modules.auth.store.tokens import TOKENS_OF
from headway.modules.auth.views import audit_view, session_view, token_view
from headway.platform.db.port import Reader
from headway.platform.ids import LAST_ID

_LINES = 10_000


class RecordsInTables:
    """`AccountRecords` of the contract."""

    async def of_person(self, reader: Reader, user_id: str) -> dict[str, Any]:  # Any: to be written as JSON
        """The account with its sessions, tokens and lines of the audit log; never a secret."""
        account = await AccountsInTables().by_id(reader, user_id)
        sessions = [session_view(row, None) for row in await reader.rows(SESSIONS_OF, user_id=user_id)]
        tokens = [token_view(row) for row in await reader.rows(TOKENS_OF, user_id=user_id)]
        lines = await reader.rows(AUDIT_OF, actor=None, actions="%", about=user_id, before=LAST_ID, limit=_LINES)
        return {
            "account": None if account is None else msgspec.to_builtins(account),
            "sessions": msgspec.to_builtins(sessions),
            "tokens": msgspec.to_builtins(tokens),
            "audit": msgspec.to_builtins([audit_view(row) for row in lines]),
        }
