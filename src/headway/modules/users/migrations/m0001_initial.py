"""The first tables."""

from alembic import op
from sqlalchemy import BigInteger, Column, String

from headway.platform.db.types import Id, Instant, Json

revision = "m0001_initial"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "personal_exports",
        Column("user_id", Id, primary_key=True),
        Column("id", Id, primary_key=True),
        Column("state", String(16), nullable=False),
        Column("size", BigInteger),
        Column("created_at", Instant, nullable=False),
        Column("expires_at", Instant, nullable=False),
        Column("version", BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("personal_exports_by_age", "personal_exports", ["expires_at"])
    op.create_table(
        "profiles",
        Column("id", Id, primary_key=True),
        Column("name", String(100), nullable=False),
        Column("language", String(8), nullable=False),
        Column("time_zone", String(64), nullable=False),
        Column("week_start", BigInteger, nullable=False),
        Column("theme", String(16), nullable=False),
        Column("preferences", Json, nullable=False),
        Column("avatar", Id),
        Column("created_at", Instant, nullable=False),
        Column("updated_at", Instant, nullable=False),
        Column("version", BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
