"""Before anybody is served: a proven backup, then the schema of this release; a newer database is left alone."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pysqlite3
import pytest

from headway.entrypoints.operation.installation import Installation
from headway.entrypoints.operation.prepare import prepare_database
from headway.platform.backup.make import backups_in
from headway.platform.backup.restore import last_proof
from headway.platform.db.migrate import NewerDatabase
from headway.settings import Settings
from tests.cli.conftest import Shell
from tests.support.clock import StillClock

CLOCK = StillClock()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    found = Settings(data_dir=tmp_path)
    Installation(tmp_path).secret()
    prepare_database(found, CLOCK)
    return found


def change(settings: Settings, *statements: str) -> None:
    with closing(pysqlite3.connect(str(settings.database_path), isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def tables(settings: Settings) -> set[str]:
    with closing(pysqlite3.connect(str(settings.database_path))) as connection:
        return {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def make_older(settings: Settings) -> None:
    """As a release that had no jobs yet would have left it."""
    change(settings, "DROP TABLE jobs", "DROP TABLE schedule_slots", "DROP TABLE schema_jobs")


def test_a_new_database_needs_no_backup(settings: Settings) -> None:
    assert "jobs" in tables(settings)
    assert backups_in(settings.backup_dir) == []
    assert prepare_database(settings, CLOCK) == []


def test_an_older_database_is_backed_up_and_proven_before_it_is_changed(settings: Settings) -> None:
    make_older(settings)
    assert [part.name for part in prepare_database(settings, CLOCK)] == ["jobs"]
    assert "jobs" in tables(settings)
    [backup] = backups_in(settings.backup_dir)
    proof = last_proof(settings.backup_dir)
    assert proof is not None
    assert proof.backup == backup.name
    assert "jobs" not in tables(Settings(database_url=f"sqlite:///{backup / 'database.db'}"))


def in_the_way(settings: Settings) -> None:
    settings.backup_dir.write_bytes(b"a file where the folder should be")


def disagreeing(settings: Settings) -> None:
    change(settings, "INSERT INTO streams VALUES ('workspace', x'00', 5, 0)", "DELETE FROM changes")
    change(settings, "INSERT INTO cursors VALUES ('inbox', 'workspace', x'00', 6)")


@pytest.mark.parametrize("trouble", [in_the_way, disagreeing])
def test_without_a_good_backup_nothing_is_changed(settings: Settings, trouble: Callable[[Settings], None]) -> None:
    make_older(settings)
    trouble(settings)
    with pytest.raises(Exception, match=r"File exists|cursor inbox"):
        prepare_database(settings, CLOCK)
    assert "jobs" not in tables(settings)


def test_a_newer_database_is_refused_by_name_and_not_touched(settings: Settings) -> None:
    change(settings, "UPDATE schema_tasks SET version_num = 'm9999_future'")
    before = settings.database_path.read_bytes()
    with pytest.raises(NewerDatabase, match="module tasks is at revision m9999_future"):
        prepare_database(settings, CLOCK)
    assert settings.database_path.read_bytes() == before
    assert backups_in(settings.backup_dir) == []


def test_serve_refuses_a_newer_database_in_one_line(shell: Shell) -> None:
    assert shell.run("migrate").returncode == 0
    change(Settings(data_dir=shell.data), "UPDATE schema_tasks SET version_num = 'm9999_future'")
    done = shell.run("serve")
    assert done.returncode == 1
    assert "headway: The database is newer than this program: module tasks" in done.stderr
    assert done.stderr.count("\n") == 1
