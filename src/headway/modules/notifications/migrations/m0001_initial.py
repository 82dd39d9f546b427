"""The first tables."""

from alembic import op
from sqlalchemy import BigInteger, Column, Integer, String, UniqueConstraint

from headway.platform.db.types import Day, Flag, Id, Instant, Json

revision = "m0001_initial"
down_revision = None


def upgrade() -> None:  # allow function-budget: one list of tables
    op.create_table(
        "alarms",
        Column("user_id", Id, primary_key=True),
        Column("task_id", Id, primary_key=True),
        Column("source", Id, primary_key=True),
        Column("occurrence", String(40), primary_key=True),
        Column("workspace_id", Id, nullable=False),
        Column("fires_at", Instant, nullable=False),
        Column("rang", Flag, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("alarms_by_time", "alarms", ["rang", "fires_at"])
    op.create_index("alarms_of_source", "alarms", ["workspace_id", "source"])
    op.create_table(
        "followed_tasks",
        Column("workspace_id", Id, primary_key=True),
        Column("task_id", Id, primary_key=True),
        Column("title", String(500), nullable=False),
        Column("status_category", String(16), nullable=False),
        Column("assignee_ids", Json, nullable=False),
        Column("watcher_ids", Json, nullable=False),
        Column("due_date", Day),
        Column("due_at", Instant),
        Column("trashed_at", Instant),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "mutes",
        Column("user_id", Id, primary_key=True),
        Column("id", Id, primary_key=True),
        Column("object_id", Id, nullable=False),
        Column("what", String(16), nullable=False),
        Column("workspace_id", Id, nullable=False),
        Column("created_at", Instant, nullable=False),
        Column("version", BigInteger, nullable=False),
        UniqueConstraint("user_id", "object_id", name="mutes_by_object"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "notification_preferences",
        Column("id", Id, primary_key=True),
        Column("choices", Json, nullable=False),
        Column("version", BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "notifications",
        Column("user_id", Id, primary_key=True),
        Column("id", Id, primary_key=True),
        Column("kind", String(16), nullable=False),
        Column("workspace_id", Id, nullable=False),
        Column("task_id", Id),
        Column("comment_id", Id),
        Column("actor_id", Id),
        Column("title", String(500), nullable=False),
        Column("count", Integer, nullable=False),
        Column("created_at", Instant, nullable=False),
        Column("updated_at", Instant, nullable=False),
        Column("read_at", Instant),
        Column("version", BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("notifications_by_reading", "notifications", ["read_at", "user_id", "created_at", "id"])
    op.create_index("notifications_by_time", "notifications", ["user_id", "created_at", "id"])
    op.create_index("notifications_of_task", "notifications", ["user_id", "task_id", "created_at"])
    op.create_table(
        "waiting_mail",
        Column("user_id", Id, primary_key=True),
        Column("id", Id, primary_key=True),
        Column("kind", String(16), nullable=False),
        Column("workspace_id", Id, nullable=False),
        Column("task_id", Id),
        Column("actor_id", Id),
        Column("title", String(500), nullable=False),
        Column("count", Integer, nullable=False),
        Column("ready_at", Instant, nullable=False),
        sqlite_with_rowid=False,
    )
