"""The first tables."""

from alembic import op

from headway.changes.schema import metadata

revision = "m0001_initial"
down_revision = None


def upgrade() -> None:
    metadata.create_all(op.get_bind())
