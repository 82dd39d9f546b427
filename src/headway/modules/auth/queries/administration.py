"""What administrators see."""

from headway.modules.auth.contracts.administration import (
    AuditLog,
    AuditQuery,
    Invitations,
    ManagedPeople,
    PeopleQuery,
)
from headway.modules.auth.queries.accounts import with_roles
from headway.modules.auth.store.accounts import PEOPLE
from headway.modules.auth.store.instance import AUDIT_LINES, AUDIT_OF, INVITATIONS
from headway.modules.auth.views import audit_view, invitation_view, managed_view
from headway.platform.actor import Actor
from headway.platform.clock import Clock
from headway.platform.db.port import Reader
from headway.platform.ids import LAST_ID, NIL_ID, is_id
from headway.platform.problems import Invalid


class AdministrationQueries:
    """The reads below /admin."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    async def people(self, reader: Reader, _actor: Actor, query: PeopleQuery) -> ManagedPeople:
        """Everybody with an account; those who were erased only when asked for."""
        rows = await reader.rows(
            PEOPLE,
            after=_position(query.cursor, NIL_ID),
            states=["active", "suspended"] if query.state is None else [query.state],
            pattern=_containing(query.q),
            limit=query.limit + 1,
        )
        people = await with_roles(reader, rows[: query.limit])
        more = people[-1].id if len(rows) > query.limit else None
        return ManagedPeople(tuple(managed_view(account) for account in people), more)

    async def invitations(self, reader: Reader, _actor: Actor, _query: None) -> Invitations:
        """Who was invited to register."""
        rows = await reader.rows(INVITATIONS)
        rows.sort(key=lambda row: row.created_at, reverse=True)
        return Invitations(tuple(invitation_view(row, self._clock.now()) for row in rows))

    async def audit(self, reader: Reader, _actor: Actor, query: AuditQuery) -> AuditLog:
        """Who did what to whom, the newest first."""
        before = _position(query.cursor, LAST_ID)
        where = {
            "before": before,
            "limit": query.limit + 1,
            "actor": query.actor,
            "actions": f"{query.area}.%" if query.area else "%",
        }
        if query.subject is None:
            rows = await reader.rows(AUDIT_LINES, **where)
        else:
            rows = await reader.rows(AUDIT_OF, about=query.subject, **where)
        shown = rows[: query.limit]
        return AuditLog(tuple(audit_view(row) for row in shown), shown[-1].id if len(rows) > query.limit else None)


def _position(cursor: str | None, start: str) -> str:
    """A cursor is the id of the last item of the page before; Invalid for any other text."""
    if cursor is None:
        return start
    if not is_id(cursor):
        raise Invalid.field("cursor", "bad_cursor", "is not a cursor that this list has given")
    return cursor


def _containing(text: str) -> str:
    escaped = "".join(f"\\{char}" if char in "\\%_" else char for char in text.casefold())
    return f"%{escaped}%"
