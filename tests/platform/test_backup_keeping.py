"""Backups that pile up, fail, or are cleared away."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from headway.platform.backup.make import backups_in, delete_old
from headway.platform.backup.restore import prove
from headway.platform.db.snapshot import DamagedDatabase
from tests.platform.home import AT, Home, filled, quiet

__all__ = ["filled"]


def test_a_backup_that_fails_leaves_nothing(filled: Home) -> None:
    filled.sources.database.write_bytes(b"not a database" * 1000)
    with pytest.raises(DamagedDatabase, match="not a database"):
        filled.back_up()
    assert list(filled.backups.glob("*headway*")) == []


def test_files_that_have_not_changed_take_no_room_twice(filled: Home) -> None:
    first, second = filled.back_up(), filled.back_up(AT + timedelta(days=1))
    name = "objects/attachments/w1/a1"
    assert (first / name).samefile(second / name)
    assert not (filled.folder / name).samefile(second / name)
    prove(second, filled.folder, quiet)


def test_what_a_backup_that_was_killed_left_is_cleared_away(filled: Home) -> None:
    left = filled.backups / ".headway-20261122T030000Z.new"
    left.mkdir(parents=True)
    (left / "database.db").write_bytes(b"half")
    backup = filled.back_up()
    assert [path.name for path in filled.backups.glob("*headway*")] == [backup.name]


def test_backups_at_the_same_moment_are_two(filled: Home) -> None:
    with ThreadPoolExecutor() as threads:
        made = list(threads.map(lambda _: filled.back_up(), range(3)))
    assert sorted(path.name for path in made) == [
        "headway-20261123T030000Z",
        "headway-20261123T030000Z-2",
        "headway-20261123T030000Z-3",
    ]
    for backup in made:
        prove(backup, filled.folder, quiet)


def test_old_backups_go_but_never_the_last(filled: Home) -> None:
    for day in range(4):
        filled.back_up(AT + timedelta(days=day))
    gone = delete_old(filled.backups, keep_since=AT + timedelta(days=2))
    assert [path.name for path in gone] == ["headway-20261123T030000Z", "headway-20261124T030000Z"]
    assert len(delete_old(filled.backups, keep_since=AT + timedelta(days=900))) == 1
    assert [path.name for path in backups_in(filled.backups)] == ["headway-20261126T030000Z"]
