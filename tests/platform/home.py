"""A data folder to back up, as the tests of backups share it."""

from datetime import UTC, datetime
from pathlib import Path

import pysqlite3
import pytest

from headway.changes import schema as changes_schema
from headway.platform.backup.make import Sources, make_backup
from headway.platform.backup.restore import Places
from headway.platform.ids import new_id
from headway.platform.jobs import metadata as jobs_metadata
from tests.platform.conftest import create_tables

AT = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


def quiet(_label: str, _done: int, _total: int) -> None:
    """Nobody watches."""


class Home:
    """A data folder with a database, a key and two files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.backups = folder / "backups"
        self.parts = {"objects": folder / "objects", "keys": folder / "keys"}
        self.sources = Sources(
            database=folder / "headway.db", folders=self.parts, program="1.0", revisions={"jobs": "m0001_initial"}
        )
        self.places = Places(database=folder / "headway.db", folders=self.parts, marker=folder / "restore.running")
        self.write("objects/attachments/w1/a1", b"first")
        self.write("objects/attachments/w1/a2", b"second")
        self.write("keys/signing.key", b"00" * 32)

    def write(self, name: str, content: bytes) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    def back_up(self, at: datetime = AT) -> Path:
        return make_backup(self.sources, self.backups, at, quiet)

    def add_job(self, name: str) -> None:
        connection = pysqlite3.connect(str(self.sources.database))
        values = (new_id().encode(), name, name)
        connection.execute("INSERT INTO jobs VALUES (?, ?, ?, '{}', 1, 0, 0, 0, 0, 0, 0, NULL, 0)", values)
        connection.commit()
        connection.close()

    def jobs(self) -> list[str]:
        connection = pysqlite3.connect(str(self.sources.database))
        try:
            return [row[0] for row in connection.execute("SELECT name FROM jobs ORDER BY name")]
        finally:
            connection.close()


@pytest.fixture
def filled(tmp_path: Path) -> Home:
    create_tables(tmp_path / "headway.db", changes_schema.metadata, jobs_metadata)
    home = Home(tmp_path)
    home.add_job("before")
    return home
