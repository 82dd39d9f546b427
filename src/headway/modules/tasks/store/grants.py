"""The scopes that a person has been told of: what the `access` stream of that person holds.

Member rows are the authority on what somebody may see; these rows only let clients learn of changes.
"""

from typing import Final

import msgspec
from sqlalchemy import BigInteger, Column, String, Table, UniqueConstraint, bindparam, select

from headway.changes.contracts import Stream, person_scope
from headway.changes.work import Kind
from headway.modules.tasks.store.schema import metadata
from headway.platform.db.statement import Statement, columns_of, rows_of
from headway.platform.db.types import Id

grants: Final = Table(
    "grants",
    metadata,
    Column("user_id", Id, primary_key=True),
    Column("id", Id, primary_key=True),
    Column("workspace_id", Id, nullable=False),
    Column("scope", String(64), nullable=False),
    Column("level", String(16), nullable=False, comment="a role for a workspace's scopes, a level for a project's"),
    Column("version", BigInteger, nullable=False),
    UniqueConstraint("user_id", "workspace_id", "scope", name="grants_by_scope"),
    sqlite_with_rowid=False,
)


class GrantRow(msgspec.Struct, frozen=True):
    user_id: str
    id: str
    workspace_id: str
    scope: str
    level: str
    version: int


GRANT: Final = Kind(
    "scope",
    grants,
    GrantRow,
    lambda row: person_scope(row.user_id),
    lambda row: row.workspace_id,
    frozenset({"id", "version", "user_id"}),
)

_OF_PERSON: Final = (
    grants.c.user_id == bindparam("user_id"),
    grants.c.workspace_id == bindparam("workspace_id"),
)
GRANTS_OF: Final = rows_of(grants, GrantRow, *_OF_PERSON)
ALL_GRANTS_OF: Final = Statement(
    select(*columns_of(grants, GrantRow))
    .where(grants.c.user_id == bindparam("user_id"), grants.c.id > bindparam("after"))
    .order_by(grants.c.id),
    GrantRow,
)
GRANT_OF: Final = rows_of(grants, GrantRow, *_OF_PERSON, grants.c.scope == bindparam("scope"))


def access_stream(user_id: str) -> Stream:
    """The stream that tells a person what the person may see."""
    return Stream("access", user_id)
