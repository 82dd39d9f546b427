"""The first tables."""

from alembic import op
from sqlalchemy import BigInteger, Column, String

from headway.platform.db.types import Flag, Id, Instant, Json

revision = "m0001_initial"
down_revision = None


def upgrade() -> None:  # allow function-budget: one list of tables
    op.create_table(
        "accounts",
        Column("id", Id, primary_key=True),
        Column("email", String(254), nullable=False),
        Column("password_hash", String(255), nullable=False),
        Column("state", String(16), nullable=False),
        Column("name", String(100), nullable=False),
        Column("language", String(8), nullable=False),
        Column("time_zone", String(64), nullable=False),
        Column("search_text", String(400), nullable=False),
        Column("password_changed_at", Instant, nullable=False),
        Column("created_at", Instant, nullable=False),
        Column("updated_at", Instant, nullable=False),
        Column("version", BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "addresses",
        Column("id", Id, primary_key=True),
        Column("address_key", String(254), nullable=False),
        Column("user_id", Id, nullable=False),
        Column("state", String(16), nullable=False),
        Column("request", String(64), nullable=False),
        Column("claims_admin", Flag, nullable=False),
        Column("expires_at", Instant),
        Column("version", BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("addresses_by_key", "addresses", ["address_key"], unique=True)
    op.create_index("addresses_by_person", "addresses", ["user_id"])
    op.create_table(
        "administrators",
        Column("id", Id, primary_key=True),
        Column("since", Instant, nullable=False),
        Column("version", BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "api_tokens",
        Column("user_id", Id, primary_key=True),
        Column("id", Id, primary_key=True),
        Column("name", String(100), nullable=False),
        Column("scopes", Json, nullable=False),
        Column("token_hash", String(64), nullable=False),
        Column("created_at", Instant, nullable=False),
        Column("expires_at", Instant),
        Column("last_used_at", Instant),
        Column("version", BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("api_tokens_by_hash", "api_tokens", ["user_id", "token_hash"], unique=True)
    op.create_table(
        "audit",
        Column("id", Id, primary_key=True),
        Column("at", Instant, nullable=False),
        Column("actor", Id),
        Column("action", String(64), nullable=False),
        Column("subject", Id),
        Column("details", Json, nullable=False),
        Column("version", BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("audit_by_subject", "audit", ["subject", "id"])
    op.create_table(
        "instance_invitations",
        Column("id", Id, primary_key=True),
        Column("role", String(16), nullable=False),
        Column("email", String(254)),
        Column("token_hash", String(64), nullable=False),
        Column("created_by", Id),
        Column("created_at", Instant, nullable=False),
        Column("expires_at", Instant, nullable=False),
        Column("used_by", Id),
        Column("version", BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "instance_settings",
        Column("id", Id, primary_key=True),
        Column("name", String(100), nullable=False),
        Column("registration", String(16)),
        Column("updated_at", Instant, nullable=False),
        Column("version", BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "links",
        Column("user_id", Id, primary_key=True),
        Column("id", Id, primary_key=True),
        Column("purpose", String(16), nullable=False),
        Column("token_hash", String(64), nullable=False),
        Column("email", String(254), nullable=False),
        Column("created_at", Instant, nullable=False),
        Column("expires_at", Instant, nullable=False),
        Column("version", BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "revocations",
        Column("id", Id, primary_key=True),
        Column("user_id", Id, nullable=False),
        Column("at", Instant, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("revocations_by_age", "revocations", ["at"])
    op.create_table(
        "second_factors",
        Column("user_id", Id, primary_key=True),
        Column("id", Id, primary_key=True),
        Column("created_at", Instant, nullable=False),
        Column("confirmed_at", Instant),
        Column("last_step", BigInteger, nullable=False),
        Column("recovery_hashes", Json, nullable=False),
        Column("version", BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sessions",
        Column("user_id", Id, primary_key=True),
        Column("id", Id, primary_key=True),
        Column("created_at", Instant, nullable=False),
        Column("seen_at", Instant, nullable=False),
        Column("expires_at", Instant, nullable=False),
        Column("address", String(45), nullable=False),
        Column("user_agent", String(300), nullable=False),
        Column("generation", BigInteger, nullable=False),
        Column("uses", Json, nullable=False),
        Column("version", BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "signing_key",
        Column("fingerprint", String(64), primary_key=True),
        sqlite_with_rowid=False,
    )
