"""Migrations that would lock, break or lose something are refused with the reason; others are not."""

import pytest

from tools.lint.rule import findings
from tools.lint.rules.safe_migration import SAFE_MIGRATION
from tools.lint.source import Source

HEAD = """\
import sqlalchemy as sa
from alembic import op
from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.dialects import mysql

from headway.platform.db.types import Id, Instant

revision = "m0002_change"
down_revision = "m0001_initial"


def upgrade() -> None:
"""

SQL = "op.execute({!r})".format

UNSAFE = (
    # what the previous release uses
    ("op.drop_table('comments')", "drops a table"),
    (SQL("DROP TABLE IF EXISTS `comments`"), "drops a table"),
    ("op.drop_column('tasks', 'estimate')", "drops a column"),
    (SQL("ALTER TABLE tasks DROP estimate"), "drops a column"),
    (SQL("alter table tasks add colour varchar(9), drop column estimate"), "drops a column"),
    ("op.rename_table('comments', 'remarks')", "renames a table"),
    (SQL("RENAME TABLE comments TO remarks"), "renames a table"),
    ("op.alter_column('tasks', 'title', new_column_name='name', existing_type=String(500))", "renames a column"),
    (SQL("ALTER TABLE tasks RENAME COLUMN title TO name"), "renames a column"),
    ("op.add_column('tasks', Column('colour', String(20), nullable=False))", "cannot fill this column"),
    (SQL("ALTER TABLE tasks ADD colour VARCHAR(20) NOT NULL"), "cannot fill this column"),
    (SQL("ALTER TABLE tasks ALTER COLUMN colour DROP DEFAULT"), "drops a default"),
    ("op.drop_index('tasks_by_due', 'tasks')", "an index"),
    (SQL("ALTER TABLE tasks RENAME INDEX a TO b"), "an index"),
    ("op.create_index('one_name', 'labels', ['workspace_id', 'name'], unique=True)", "may break it already"),
    ("op.create_unique_constraint('one_name', 'labels', ['workspace_id', 'name'])", "may break it already"),
    (SQL("ALTER TABLE labels ADD UNIQUE KEY one_name (workspace_id, name)"), "may break it already"),
    ("op.create_check_constraint('short', 'tasks', 'estimate < 9')", "a check"),
    # what builds or locks a table
    ("op.alter_column('tasks', 'estimate', type_=BigInteger(), existing_type=Integer())", "column's type"),
    ("op.alter_column('tasks', 'title', type_=String(50), existing_type=String(500))", "column's type"),
    ("op.alter_column('tasks', 'estimate', nullable=False, existing_type=Integer())", "column's type"),
    (SQL("ALTER TABLE tasks MODIFY title VARCHAR(50) NOT NULL"), "column's type"),
    (SQL("ALTER TABLE tasks DROP PRIMARY KEY, ADD PRIMARY KEY (id)"), "primary key"),
    (SQL("ALTER TABLE tasks ADD COLUMN colour VARCHAR(20) AFTER title"), "in between"),
    (SQL("ALTER TABLE tasks ADD COLUMN notes TEXT NOT NULL DEFAULT 'none'"), "long texts"),
    (SQL("ALTER TABLE tasks FORCE"), "builds the whole table anew"),
    (SQL("ALTER TABLE tasks ENGINE=InnoDB"), "builds the whole table anew"),
    (SQL("ALTER TABLE tasks ROW_FORMAT=COMPRESSED"), "builds the whole table anew"),
    (SQL("ALTER TABLE tasks CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_bin"), "collation"),
    (SQL("ALTER TABLE tasks ADD COLUMN colour VARCHAR(20), ALGORITHM=COPY"), "builds the whole table anew"),
    (SQL("CREATE INDEX a ON tasks (workspace_id, colour) LOCK=SHARED"), "builds the whole table anew"),
    (SQL("OPTIMIZE TABLE tasks"), "the operator"),
    (SQL("VACUUM"), "the operator"),
    (SQL("LOCK TABLES tasks WRITE"), "locks others out"),
    (SQL("FLUSH TABLES WITH READ LOCK"), "locks others out"),
    (SQL("SELECT id FROM tasks FOR UPDATE"), "locks others out"),
    # what changes rows
    (SQL("UPDATE tasks SET colour = ''"), "changes no rows"),
    ("op.execute(sa.table('tasks', sa.column('colour')).update().values(colour=''))", "changes no rows"),
    (SQL("UPDATE tasks t JOIN projects p ON p.id = t.project_id SET t.colour = p.colour"), "over a join"),
    (SQL("UPDATE tasks t, projects p SET t.colour = p.colour WHERE p.id = t.project_id"), "over a join"),
    (SQL("DELETE FROM tasks WHERE deleted_at IS NOT NULL"), "changes no rows"),
    (SQL("TRUNCATE TABLE search_texts"), "empties a table"),
    (SQL("INSERT INTO colours SELECT workspace_id, id FROM labels"), "changes no rows"),
    (SQL("CREATE TABLE tasks_now AS SELECT * FROM tasks"), "changes no rows"),
    (SQL("REPLACE INTO labels VALUES (1)"), "overwrites"),
    (SQL("INSERT INTO labels VALUES (1) ON DUPLICATE KEY UPDATE id = 1"), "overwrites"),
    (SQL("INSERT INTO labels (id) VALUES (1) RETURNING id"), "RETURNING"),
    ("for row in op.get_bind().execute(sa.text('SELECT id FROM tasks')): op.execute('x')", "cannot be told beforehand"),
    # what the schema does without
    ("op.create_foreign_key('a', 'tasks', 'projects', ['project_id'], ['id'])", "no foreign keys"),
    (
        "op.create_table('a', Column('workspace_id', Id, ForeignKey('workspaces.id'), primary_key=True))",
        "no foreign keys",
    ),
    ("op.create_table('a', Column('id', Integer, primary_key=True, autoincrement=True))", "UUIDv7"),
    (SQL("CREATE TABLE a (workspace_id BINARY(16), n BIGINT AUTO_INCREMENT, PRIMARY KEY (workspace_id, n))"), "UUIDv7"),
    (SQL("CREATE TRIGGER a AFTER INSERT ON tasks FOR EACH ROW SET @a = 1"), "no triggers"),
    (SQL("CREATE PROCEDURE a() SELECT 1"), "no programs"),
    (SQL("CREATE DEFINER=root FUNCTION a() RETURNS INT RETURN 1"), "no programs"),
    (SQL("CREATE OR REPLACE VIEW open_tasks AS SELECT id FROM tasks"), "no views"),
    ("op.create_index('a', 'tasks', ['title'], mysql_prefix='FULLTEXT')", "search port"),
    (SQL("CREATE VIRTUAL TABLE tasks_index USING fts5(title)"), "search port"),
    (SQL("ALTER TABLE tasks ADD low VARCHAR(500) GENERATED ALWAYS AS (LOWER(title)) VIRTUAL"), "computed columns"),
    (
        "op.add_column('tasks', Column('seen', Instant, nullable=False, server_default=sa.func.now()))",
        "from a function",
    ),
    (SQL("ALTER TABLE tasks ADD COLUMN token BINARY(16) NOT NULL DEFAULT (UUID_TO_BIN(UUID()))"), "from a function"),
    (
        SQL("ALTER TABLE tasks ADD COLUMN seen DATETIME(6) DEFAULT NULL ON UPDATE CURRENT_TIMESTAMP(6)"),
        "from a function",
    ),
    ("op.create_index('a', 'tasks', ['workspace_id', sa.text('(lower(title))')])", "index of an expression"),
    (SQL("CREATE INDEX a ON tasks (workspace_id, title) WHERE deleted_at IS NULL"), "index of some rows"),
    ("op.add_column('tasks', Column('colour', mysql.ENUM('red', 'blue')))", "no ENUM"),
    ("op.add_column('tasks', Column('seen', sa.TIMESTAMP()))", "2038"),
    (SQL("ALTER TABLE changes PARTITION BY HASH (stream_owner) PARTITIONS 8"), "no partitions"),
    (SQL("CREATE TABLE a (workspace_id BINARY(16) PRIMARY KEY) ENGINE=MyISAM"), "InnoDB alone"),
    (SQL("CREATE TEMPORARY TABLE a (id INT)"), "temporary"),
    # keys
    (
        "op.create_table('a', Column('id', Id, primary_key=True), Column('workspace_id', Id, nullable=False))",
        "begins neither",
    ),
    (
        "op.create_table('a', Column('id', Id, primary_key=True), Column('workspace_id', Id, primary_key=True))",
        "begins neither",
    ),
    (
        "op.create_table('a', Column('workspace_id', Id), Column('n', Id), UniqueConstraint('n', 'workspace_id'))",
        "begins neither",
    ),
    ("op.create_index('a' * 70, 'tasks', ['workspace_id', 'title'])", "longer than"),
    # what is not a migration's business
    (SQL("SET SESSION foreign_key_checks = 0"), "session"),
    (SQL("PRAGMA writable_schema = 1"), "session"),
    (SQL("COMMIT"), "transactions"),
    (SQL("CREATE USER a IDENTIFIED BY 'b'"), "the operator"),
    (SQL("ALTER TABLE tasks /*!50100 ADD colour INT */"), "only one server executes"),
    ("with op.batch_alter_table('tasks') as batch: batch.drop_column('estimate')", "drops a column"),
    ("op.get_bind().dialect.nothing", "cannot be told beforehand"),
)

SAFE = (
    "op.add_column('tasks', Column('colour', String(20)))",
    "op.add_column('tasks', Column('colour', String(20), nullable=False, server_default=''))",
    "op.add_column('tasks', Column('estimate', Integer, nullable=False, server_default='0'))",
    "op.add_column('tasks', Column('notes', Text))",
    "op.add_column('tasks', Column('seen_at', Instant))",
    "op.create_index('tasks_by_colour', 'tasks', ['workspace_id', 'colour', 'id'])",
    "op.create_table('colours', Column('workspace_id', Id, primary_key=True), Column('id', Id, primary_key=True))",
    "op.create_table('colours', Column('user_id', Id, primary_key=True), Column('workspace_id', Id, primary_key=True))",
    "op.create_table('installs', Column('id', Id, primary_key=True), Column('at', Instant, nullable=False))",
    "op.create_table('a', Column('workspace_id', Id), Column('n', Id), UniqueConstraint('workspace_id', 'n'))",
    """op.create_table('a', Column('workspace_id', Id, primary_key=True), Column('name', String(9)))
    op.create_index('one', 'a', ['workspace_id', 'name'], unique=True)""",
    "op.create_table('colours', Column('workspace_id', Id, primary_key=True))\n    op.drop_table('colours')",
    SQL("INSERT INTO installs (id, name) VALUES (1, 'drop table; update; returning')"),
    """if op.get_bind().dialect.name == 'mysql':
        op.create_index('s', 'search_texts', ['body'], mysql_prefix='FULLTEXT')""",
    """if op.get_bind().dialect.name == 'sqlite':
        op.execute('CREATE VIRTUAL TABLE search_more USING fts5(title)')""",
    SQL("ALTER TABLE tasks ADD COLUMN colour VARCHAR(20) NOT NULL DEFAULT '', ALGORITHM=INSTANT"),
    SQL("CREATE INDEX tasks_by_colour ON tasks (workspace_id, colour) ALGORITHM=INPLACE LOCK=NONE"),
    SQL("-- once: update tasks set colour = ''\nALTER TABLE tasks ADD COLUMN updated_by BINARY(16)"),
    "op.drop_column('tasks', 'colour')  # allow safe-migration: no release since 1.3 uses it",
)


def reasons(operation: str) -> list[str]:
    source = Source("src/headway/modules/tasks/migrations/m0002_change.py", f"{HEAD}    {operation}\n")
    return [finding.message for finding in findings(SAFE_MIGRATION, [source])]


@pytest.mark.parametrize(("operation", "reason"), UNSAFE)
def test_an_unsafe_change_is_refused_with_its_reason(operation: str, reason: str) -> None:
    assert any(reason in said for said in reasons(operation)), reasons(operation)


@pytest.mark.parametrize("operation", SAFE)
def test_a_safe_change_passes(operation: str) -> None:
    assert reasons(operation) == []


def test_the_line_that_does_it_is_named() -> None:
    text = f"{HEAD}    op.add_column('tasks', Column('colour', String(20)))\n    op.drop_column('tasks', 'estimate')\n"
    source = Source("src/headway/modules/tasks/migrations/m0002_change.py", text)
    [finding] = findings(SAFE_MIGRATION, [source])
    assert text.splitlines()[finding.line - 1].strip() == "op.drop_column('tasks', 'estimate')"
