"""The first tables."""

from alembic import op

import headway.modules.notifications.wiring  # noqa: F401 - knows every file that has tables
from headway.modules.notifications.store.schema import metadata

revision = "m0001_initial"
down_revision = None


def upgrade() -> None:
    metadata.create_all(op.get_bind())
