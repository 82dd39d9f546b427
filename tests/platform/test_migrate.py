"""A database is brought forward module by module, whole or not at all, and never by an older program."""

import subprocess
import sys
from pathlib import Path

import pysqlite3
import pytest

from headway.platform.db.migrate import NewerDatabase, Part, migrate, pending
from headway.platform.db.sqlite_schema import SqliteSchema

FIRST = """
from alembic import op
import sqlalchemy as sa

revision = "m0001_initial"
down_revision = None

def upgrade() -> None:
    op.create_table("notes", sa.Column("id", sa.Integer, primary_key=True))
"""
SECOND = """
from alembic import op
import sqlalchemy as sa

revision = "m0002_colour"
down_revision = "m0001_initial"

def upgrade() -> None:
    op.add_column("notes", sa.Column("colour", sa.String(16)))
"""
BROKEN = """
from alembic import op

revision = "m0003_broken"
down_revision = "m0002_colour"

def upgrade() -> None:
    op.execute("INSERT INTO notes (id) VALUES (7)")
    raise RuntimeError("half way")
"""


@pytest.fixture
def notes(tmp_path: Path) -> Part:
    folder = tmp_path / "migrations"
    folder.mkdir()
    (folder / "__init__.py").touch()
    (folder / "m0001_initial.py").write_text(FIRST)
    return Part("notes", folder)


def rows(path: Path, query: str) -> list[tuple[object, ...]]:
    connection = pysqlite3.connect(str(path))
    try:
        return list(connection.execute(query))
    finally:
        connection.close()


def test_an_empty_folder_gets_a_whole_database(tmp_path: Path, notes: Part) -> None:
    path = tmp_path / "headway.db"
    told: list[tuple[str, str]] = []
    assert migrate(SqliteSchema(path), [notes], lambda module, revision: told.append((module, revision))) == [notes]
    assert told == [("notes", "m0001_initial")]
    assert rows(path, "SELECT version_num FROM schema_notes") == [("m0001_initial",)]
    assert rows(path, "SELECT * FROM notes") == []
    assert migrate(SqliteSchema(path), [notes]) == []


def test_a_new_revision_keeps_what_is_there(tmp_path: Path, notes: Part) -> None:
    path = tmp_path / "headway.db"
    migrate(SqliteSchema(path), [notes])
    connection = pysqlite3.connect(str(path))
    connection.execute("INSERT INTO notes VALUES (1)")
    connection.commit()
    connection.close()
    (notes.folder / "m0002_colour.py").write_text(SECOND)
    assert pending(SqliteSchema(path), [notes]) == [notes]
    migrate(SqliteSchema(path), [notes])
    assert rows(path, "SELECT id, colour FROM notes") == [(1, None)]


def test_a_revision_that_fails_changes_nothing(tmp_path: Path, notes: Part) -> None:
    path = tmp_path / "headway.db"
    migrate(SqliteSchema(path), [notes])
    (notes.folder / "m0002_colour.py").write_text(SECOND)
    (notes.folder / "m0003_broken.py").write_text(BROKEN)
    with pytest.raises(RuntimeError, match="half way"):
        migrate(SqliteSchema(path), [notes])
    assert rows(path, "SELECT version_num FROM schema_notes") == [("m0001_initial",)]
    assert rows(path, "SELECT name FROM pragma_table_info('notes')") == [("id",)]
    assert rows(path, "SELECT * FROM notes") == []


def test_a_database_newer_than_the_program_is_refused_by_name(tmp_path: Path, notes: Part) -> None:
    path = tmp_path / "headway.db"
    (notes.folder / "m0002_colour.py").write_text(SECOND)
    migrate(SqliteSchema(path), [notes])
    (notes.folder / "m0002_colour.py").unlink()
    before = path.read_bytes()
    with pytest.raises(NewerDatabase, match=r"notes is at revision m0002_colour, .* up to m0001_initial") as refused:
        migrate(SqliteSchema(path), [notes])
    assert (refused.value.module, refused.value.revision) == ("notes", "m0002_colour")
    assert path.read_bytes() == before


def test_two_modules_of_one_database_have_versions_of_their_own(tmp_path: Path, notes: Part) -> None:
    folder = tmp_path / "others"
    folder.mkdir()
    (folder / "m0001_initial.py").write_text(FIRST.replace('"notes"', '"others"'))
    others = Part("others", folder)
    path = tmp_path / "headway.db"
    assert migrate(SqliteSchema(path), [notes]) == [notes]
    assert migrate(SqliteSchema(path), [notes, others]) == [others]
    assert rows(path, "SELECT * FROM others") == []


def test_a_start_with_nothing_to_do_loads_no_migration_library(tmp_path: Path) -> None:
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from headway.entrypoints.schema import PARTS\n"
        "from headway.platform.db.migrate import migrate\n"
        "from headway.platform.db.sqlite_schema import SqliteSchema\n"
        "migrate(SqliteSchema(Path(sys.argv[1])), PARTS)\n"
        "print('alembic' in sys.modules)\n"
    )
    printed = [
        subprocess.run(
            [sys.executable, "-c", program, str(tmp_path / "headway.db")], capture_output=True, text=True, check=True
        ).stdout.strip()
        for _ in range(2)
    ]
    assert printed == ["True", "False"]
