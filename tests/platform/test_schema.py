"""The revisions of all modules together make the tables that the program uses."""

from pathlib import Path

import pysqlite3

from headway.entrypoints.monolith import METADATA
from headway.entrypoints.schema import PARTS
from headway.platform.db.migrate import migrate
from headway.platform.db.sqlite_schema import SqliteSchema
from tests.platform.conftest import create_tables


def schema_of(path: Path) -> dict[str, str]:
    """Every table and index with the statement that makes it, but for the tables of the revisions themselves."""
    connection = pysqlite3.connect(str(path))
    try:
        found = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    finally:
        connection.close()
    return {name: " ".join(sql.split()) for name, sql in found if not name.startswith("schema_")}


def test_revisions_and_tables_agree(tmp_path: Path) -> None:
    migrate(SqliteSchema(tmp_path / "migrated.db"), PARTS)
    create_tables(tmp_path / "declared.db", *METADATA)
    assert schema_of(tmp_path / "migrated.db") == schema_of(tmp_path / "declared.db"), (
        "write a revision, or before the first release: python -m tools.freeze_migrations"
    )


def test_no_two_modules_have_a_table_of_one_name() -> None:
    names = [name for metadata in METADATA for name in metadata.tables]
    assert len(names) == len(set(names))


def test_every_module_has_revisions_in_one_line() -> None:
    for part in PARTS:
        texts = [(part.folder / f"{revision}.py").read_text("utf-8") for revision in part.revisions]
        previous = "None"
        for revision, text in zip(part.revisions, texts, strict=True):
            assert f'revision = "{revision}"' in text, part.name
            assert f"down_revision = {previous}" in text, part.name
            previous = f'"{revision}"'
