"""The first tables."""

from alembic import op

from headway.modules.analytics.store import metadata

revision = "m0001_initial"
down_revision = None


def upgrade() -> None:
    metadata.create_all(op.get_bind())
