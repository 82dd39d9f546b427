"""The first tables."""  # allow file-budget: a revision stays as it is for ever, and is read as one list

from alembic import op
from sqlalchemy import BigInteger, Column, Integer, String, Text, UniqueConstraint
from sqlalchemy.dialects.mysql import MEDIUMTEXT

from headway.platform.db.types import Day, Flag, Id, Instant, Json

revision = "m0001_initial"
down_revision = None


def upgrade() -> None:  # allow function-budget: one list of tables
    op.create_table(
        "arrivals",
        Column("workspace_id", Id, primary_key=True),
        Column("id", Id, primary_key=True),
        Column("task_id", Id, nullable=False),
        Column("copied", Json, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "attachments",
        Column("workspace_id", Id, primary_key=True),
        Column("id", Id, primary_key=True),
        Column("task_id", Id, nullable=False),
        Column("project_id", Id, nullable=False),
        Column("file_id", Id, nullable=False),
        Column("name", String(255), nullable=False),
        Column("media_type", String(100), nullable=False),
        Column("size", BigInteger, nullable=False),
        Column("sha256", String(64), nullable=False),
        Column("has_thumbnail", Flag, nullable=False),
        Column("created_by", Id, nullable=False),
        Column("created_at", Instant, nullable=False),
        Column("version", BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("attachments_by_file", "attachments", ["workspace_id", "file_id"])
    op.create_index("attachments_of_task", "attachments", ["workspace_id", "task_id", "created_at", "id"])
    op.create_table(
        "checklist_items",
        Column("workspace_id", Id, primary_key=True),
        Column("id", Id, primary_key=True),
        Column("task_id", Id, nullable=False),
        Column("project_id", Id, nullable=False),
        Column("text", String(500), nullable=False),
        Column("is_done", Flag, nullable=False),
        Column("position", String(255), nullable=False),
        Column("version", BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("checklist_of_task", "checklist_items", ["workspace_id", "task_id", "position", "id"])
    op.create_table(
        "comments",
        Column("workspace_id", Id, primary_key=True),
        Column("id", Id, primary_key=True),
        Column("task_id", Id, nullable=False),
        Column("project_id", Id, nullable=False),
        Column("body", Text().with_variant(MEDIUMTEXT(), "mysql", "mariadb"), nullable=False),
        Column("mention_ids", Json, nullable=False),
        Column("created_by", Id, nullable=False),
        Column("created_at", Instant, nullable=False),
        Column("edited_at", Instant),
        Column("version", BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("comments_of_task", "comments", ["workspace_id", "task_id", "created_at", "id"])
    op.create_table(
        "former_keys",
        Column("workspace_id", Id, primary_key=True),
        Column("project_id", Id, primary_key=True),
        Column("number", BigInteger, primary_key=True, autoincrement=False),
        Column("task_id", Id, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("former_keys_of_task", "former_keys", ["workspace_id", "task_id"])
    op.create_table(
        "former_project_keys",
        Column("workspace_id", Id, primary_key=True),
        Column("key", String(10), primary_key=True),
        Column("project_id", Id, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "grants",
        Column("user_id", Id, primary_key=True),
        Column("id", Id, primary_key=True),
        Column("workspace_id", Id, nullable=False),
        Column("scope", String(64), nullable=False),
        Column("level", String(16), nullable=False),
        Column("version", BigInteger, nullable=False),
        UniqueConstraint("user_id", "workspace_id", "scope", name="grants_by_scope"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "invitations",
        Column("workspace_id", Id, primary_key=True),
        Column("id", Id, primary_key=True),
        Column("email", String(254), nullable=False),
        Column("role", String(16), nullable=False),
        Column("project_ids", Json, nullable=False),
        Column("level", String(16), nullable=False),
        Column("link", Integer, nullable=False),
        Column("invited_by", Id, nullable=False),
        Column("created_at", Instant, nullable=False),
        Column("expires_at", Instant, nullable=False),
        Column("revoked_at", Instant),
        Column("accepted_at", Instant),
        Column("accepted_by", Id),
        Column("version", BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "labels",
        Column("workspace_id", Id, primary_key=True),
        Column("id", Id, primary_key=True),
        Column("name", String(60), nullable=False),
        Column("color", String(16), nullable=False),
        Column("created_by", Id, nullable=False),
        Column("created_at", Instant, nullable=False),
        Column("updated_at", Instant, nullable=False),
        Column("version", BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "loose_files",
        Column("workspace_id", Id, primary_key=True),
        Column("file_id", Id, primary_key=True),
        Column("since", Instant, nullable=False),
        Column("size", BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("loose_files_by_age", "loose_files", ["since"])
    op.create_table(
        "members",
        Column("workspace_id", Id, primary_key=True),
        Column("id", Id, primary_key=True),
        Column("role", String(16), nullable=False),
        Column("joined_at", Instant, nullable=False),
        Column("version", BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("members_by_person", "members", ["id", "workspace_id"])
    op.create_table(
        "project_members",
        Column("workspace_id", Id, primary_key=True),
        Column("id", Id, primary_key=True),
        Column("project_id", Id, nullable=False),
        Column("user_id", Id, nullable=False),
        Column("level", String(16), nullable=False),
        Column("version", BigInteger, nullable=False),
        UniqueConstraint("workspace_id", "project_id", "user_id", name="project_members_by_person"),
        sqlite_with_rowid=False,
    )
    op.create_index("project_members_of_person", "project_members", ["workspace_id", "user_id"])
    op.create_table(
        "projects",
        Column("workspace_id", Id, primary_key=True),
        Column("id", Id, primary_key=True),
        Column("key", String(10), nullable=False),
        Column("name", String(100), nullable=False),
        Column("description", String(2000), nullable=False),
        Column("color", String(16), nullable=False),
        Column("icon", String(32), nullable=False),
        Column("kind", String(16), nullable=False),
        Column("access", String(16), nullable=False),
        Column("position", String(255), nullable=False),
        Column("archived_at", Instant),
        Column("trashed_at", Instant),
        Column("created_by", Id, nullable=False),
        Column("created_at", Instant, nullable=False),
        Column("updated_at", Instant, nullable=False),
        Column("version", BigInteger, nullable=False),
        Column("last_number", BigInteger, nullable=False),
        UniqueConstraint("workspace_id", "key", name="projects_by_key"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "relations",
        Column("workspace_id", Id, primary_key=True),
        Column("id", Id, primary_key=True),
        Column("kind", String(16), nullable=False),
        Column("task_id", Id, nullable=False),
        Column("project_id", Id, nullable=False),
        Column("other_task_id", Id, nullable=False),
        Column("other_project_id", Id, nullable=False),
        Column("created_by", Id, nullable=False),
        Column("created_at", Instant, nullable=False),
        Column("version", BigInteger, nullable=False),
        UniqueConstraint("workspace_id", "task_id", "other_task_id", "kind", name="relations_once"),
        sqlite_with_rowid=False,
    )
    op.create_index("relations_to", "relations", ["workspace_id", "other_task_id"])
    op.create_table(
        "reminders",
        Column("workspace_id", Id, primary_key=True),
        Column("id", Id, primary_key=True),
        Column("task_id", Id, nullable=False),
        Column("user_id", Id, nullable=False),
        Column("at", Instant),
        Column("minutes_before", Integer),
        Column("zone", String(64), nullable=False),
        Column("fires_at", Instant),
        Column("created_at", Instant, nullable=False),
        Column("version", BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("reminders_of_person", "reminders", ["workspace_id", "user_id"])
    op.create_index("reminders_of_task", "reminders", ["workspace_id", "task_id"])
    op.create_table(
        "statuses",
        Column("workspace_id", Id, primary_key=True),
        Column("project_id", Id, primary_key=True),
        Column("id", Id, primary_key=True),
        Column("key", String(32), nullable=False),
        Column("name", String(60), nullable=False),
        Column("category", String(16), nullable=False),
        Column("position", String(255), nullable=False),
        Column("version", BigInteger, nullable=False),
        UniqueConstraint("workspace_id", "project_id", "key", name="statuses_by_key"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "task_assignees",
        Column("workspace_id", Id, primary_key=True),
        Column("user_id", Id, primary_key=True),
        Column("task_id", Id, primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "task_labels",
        Column("workspace_id", Id, primary_key=True),
        Column("label_id", Id, primary_key=True),
        Column("task_id", Id, primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "tasks",
        Column("workspace_id", Id, primary_key=True),
        Column("id", Id, primary_key=True),
        Column("project_id", Id, nullable=False),
        Column("number", BigInteger, nullable=False),
        Column("parent_id", Id),
        Column("title", String(500), nullable=False),
        Column("description", Text().with_variant(MEDIUMTEXT(), "mysql", "mariadb"), nullable=False),
        Column("status", String(32), nullable=False),
        Column("status_category", String(16), nullable=False),
        Column("priority", BigInteger, nullable=False),
        Column("start_date", Day),
        Column("due_date", Day),
        Column("due_time", String(5)),
        Column("due_zone", String(64)),
        Column("due_at", Instant),
        Column("estimate_minutes", Integer),
        Column("position", String(255), nullable=False),
        Column("recurrence", Json),
        Column("occurrence", Integer, nullable=False),
        Column("assignee_ids", Json, nullable=False),
        Column("label_ids", Json, nullable=False),
        Column("watcher_ids", Json, nullable=False),
        Column("completed_at", Instant),
        Column("trashed_at", Instant),
        Column("created_by", Id, nullable=False),
        Column("created_at", Instant, nullable=False),
        Column("updated_at", Instant, nullable=False),
        Column("version", BigInteger, nullable=False),
        Column("state", BigInteger, nullable=False),
        Column("due_key", String(16), nullable=False),
        Column("title_key", String(64), nullable=False),
        UniqueConstraint("workspace_id", "project_id", "number", name="tasks_by_number"),
        sqlite_with_rowid=False,
    )
    op.create_index("tasks_by_creation", "tasks", ["workspace_id", "project_id", "state", "created_at", "id"])
    op.create_index("tasks_by_due", "tasks", ["workspace_id", "project_id", "state", "due_key", "id"])
    op.create_index("tasks_by_parent", "tasks", ["workspace_id", "parent_id", "position", "id"])
    op.create_index("tasks_by_position", "tasks", ["workspace_id", "project_id", "state", "position", "id"])
    op.create_index("tasks_by_priority", "tasks", ["workspace_id", "project_id", "state", "priority", "id"])
    op.create_index("tasks_by_title", "tasks", ["workspace_id", "project_id", "state", "title_key", "id"])
    op.create_index("tasks_by_update", "tasks", ["workspace_id", "project_id", "state", "updated_at", "id"])
    op.create_table(
        "transfers",
        Column("workspace_id", Id, primary_key=True),
        Column("id", Id, primary_key=True),
        Column("task_id", Id, nullable=False),
        Column("task_key", String(32), nullable=False),
        Column("target_workspace_id", Id, nullable=False),
        Column("target_project_id", Id, nullable=False),
        Column("new_task_id", Id, nullable=False),
        Column("state", String(16), nullable=False),
        Column("reason", String(200), nullable=False),
        Column("requested_by", Id, nullable=False),
        Column("created_at", Instant, nullable=False),
        Column("version", BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("transfers_of_key", "transfers", ["workspace_id", "task_key"])
    op.create_index("transfers_of_task", "transfers", ["workspace_id", "task_id"])
    op.create_table(
        "views",
        Column("workspace_id", Id, primary_key=True),
        Column("id", Id, primary_key=True),
        Column("owner_id", Id, nullable=False),
        Column("shared_with", String(16), nullable=False),
        Column("project_id", Id),
        Column("name", String(100), nullable=False),
        Column("icon", String(32), nullable=False),
        Column("layout", String(16), nullable=False),
        Column("filters", Json, nullable=False),
        Column("grouping", String(16), nullable=False),
        Column("sorting", Json, nullable=False),
        Column("properties", Json, nullable=False),
        Column("position", String(255), nullable=False),
        Column("created_at", Instant, nullable=False),
        Column("updated_at", Instant, nullable=False),
        Column("version", BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "workspaces",
        Column("id", Id, primary_key=True),
        Column("name", String(100), nullable=False),
        Column("slug", String(64), nullable=False),
        Column("kind", String(16), nullable=False),
        Column("created_by", Id, nullable=False),
        Column("created_at", Instant, nullable=False),
        Column("updated_at", Instant, nullable=False),
        Column("deleted_at", Instant),
        Column("version", BigInteger, nullable=False),
    )
    if op.get_bind().dialect.name == "sqlite":
        op.create_table(
            "search_documents",
            Column("number", Integer, primary_key=True),
            Column("workspace_id", Id, nullable=False),
            Column("kind", String(16), nullable=False),
            Column("id", Id, nullable=False),
            UniqueConstraint("workspace_id", "id", "kind", name="search_documents_by_object"),
        )
        op.execute(
            "CREATE VIRTUAL TABLE IF NOT EXISTS search_index USING fts5(scope, title, body, content='',"
            " contentless_delete=1, tokenize='ascii')"
        )
    if op.get_bind().dialect.name == "mysql":
        op.create_table(
            "search_texts",
            Column("workspace_id", Id, primary_key=True),
            Column("id", Id, primary_key=True),
            Column("kind", String(16), primary_key=True),
            Column("project_id", Id, nullable=False),
            Column("title", MEDIUMTEXT(), nullable=False),
            Column("body", MEDIUMTEXT(), nullable=False),
        )
        op.create_index("search_texts_all", "search_texts", ["title", "body"], mysql_prefix="FULLTEXT")
        op.create_index("search_texts_titles", "search_texts", ["title"], mysql_prefix="FULLTEXT")
