"""Which signing key the instances of this database use: a digest that betrays nothing of it."""

from typing import Final

from sqlalchemy import Column, String, Table, delete, select

from headway.modules.auth.store.schema import metadata
from headway.platform.db.statement import Statement, command

signing_key: Final = Table(
    "signing_key",
    metadata,
    Column("fingerprint", String(64), primary_key=True),
    sqlite_with_rowid=False,
)

FINGERPRINT: Final = Statement(select(signing_key.c.fingerprint), str)
FORGET_FINGERPRINT: Final = command(delete(signing_key))
