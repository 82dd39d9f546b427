"""The first tables."""

revision = "m0001_initial"
down_revision = None


def upgrade() -> None:
    """No tables yet."""
