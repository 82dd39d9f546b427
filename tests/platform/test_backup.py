"""A backup holds everything, proves itself, and a damaged one is refused before anything is touched."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable, Mapping
from datetime import timedelta
from pathlib import Path

import pysqlite3
import pytest

from headway.changes.contracts import Stream
from headway.changes.log import advance
from headway.platform.backup.archive import opened, pack
from headway.platform.backup.make import DATABASE
from headway.platform.backup.manifest import BadBackup, Manifest, write_manifest
from headway.platform.backup.restore import Places, last_proof, prove, record_proof, restore
from headway.platform.db.snapshot import examine
from headway.platform.db.sqlite import SqliteDatabase
from headway.platform.ids import new_id
from tests.platform.conftest import create_tables
from tests.platform.home import AT, Home, filled, quiet

__all__ = ["filled"]


@pytest.fixture
async def database(filled: Home) -> AsyncIterator[SqliteDatabase]:
    opened = SqliteDatabase(filled.sources.database)
    yield opened
    await opened.close()


def test_a_backup_holds_database_files_and_keys(filled: Home) -> None:
    backup = filled.back_up()
    manifest = prove(backup, filled.folder, quiet)
    assert set(manifest.files) == {
        DATABASE,
        "keys/signing.key",
        "objects/attachments/w1/a1",
        "objects/attachments/w1/a2",
    }
    assert manifest.program == "1.0"
    assert manifest.created_at == AT
    assert sorted(path.name for path in backup.iterdir()) == ["database.db", "keys", "manifest.json", "objects"]


async def test_a_backup_is_one_moment_while_the_server_goes_on_writing(filled: Home, database: SqliteDatabase) -> None:
    stream = Stream("workspace", new_id())
    written = asyncio.Event()

    async def write_on() -> None:
        while True:
            await database.write(lambda tx: advance(tx, stream, 1))
            written.set()

    writing = asyncio.create_task(write_on())
    await written.wait()
    backup = await asyncio.to_thread(filled.back_up)
    writing.cancel()
    await asyncio.gather(writing, return_exceptions=True)
    assert examine(backup / DATABASE) == []


def test_a_restore_brings_everything_back_and_keeps_what_was_there(filled: Home) -> None:
    backup = filled.back_up()
    filled.add_job("after")
    filled.write("objects/attachments/w1/a1", b"overwritten")
    filled.write("objects/attachments/w1/a3", b"third")
    manifest, kept = restore(backup, filled.places, AT, quiet)
    assert filled.jobs() == ["before"]
    assert (filled.folder / "objects/attachments/w1/a1").read_bytes() == b"first"
    assert not (filled.folder / "objects/attachments/w1/a3").exists()
    assert kept is not None
    assert (kept / "objects/attachments/w1/a3").read_bytes() == b"third"
    assert (kept / "headway.db").exists()
    assert not filled.places.marker.exists()
    proof = record_proof(filled.backups, backup, manifest, AT)
    assert last_proof(filled.backups) == proof


def test_a_restore_into_an_empty_place_works(filled: Home, tmp_path: Path) -> None:
    backup = filled.back_up()
    empty = tmp_path / "empty"
    empty.mkdir()
    places = Places(database=empty / "headway.db", folders={"objects": empty / "objects"}, marker=empty / "marker")
    _, kept = restore(backup, places, AT, quiet)
    assert kept is None
    assert (empty / "objects/attachments/w1/a2").read_bytes() == b"second"


def flip(path: Path, place: int) -> None:
    content = bytearray(path.read_bytes())
    content[place] ^= 0x40
    path.write_bytes(content)


DAMAGES: Mapping[str, Callable[[Path], object]] = {
    "a bit of the database": lambda backup: flip(backup / DATABASE, 5000),
    "the first bit of the database": lambda backup: flip(backup / DATABASE, 0),
    "a bit of a file": lambda backup: flip(backup / "objects/attachments/w1/a1", 2),
    "a bit of the key": lambda backup: flip(backup / "keys/signing.key", 7),
    "a bit of the manifest": lambda backup: flip(backup / "manifest.json", 40),
    "half of the database": lambda backup: (backup / DATABASE).write_bytes((backup / DATABASE).read_bytes()[:8192]),
    "half of the manifest": lambda backup: (backup / "manifest.json").write_bytes(
        (backup / "manifest.json").read_bytes()[:100]
    ),
    "an empty database": lambda backup: (backup / DATABASE).write_bytes(b""),
    "no database": lambda backup: (backup / DATABASE).unlink(),
    "no manifest": lambda backup: (backup / "manifest.json").unlink(),
    "a missing file": lambda backup: (backup / "objects/attachments/w1/a2").unlink(),
    "a file of another name": lambda backup: (backup / "keys/signing.key").rename(backup / "keys/moved"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_backup_is_refused_and_nothing_is_touched(filled: Home, damage: str) -> None:
    backup = filled.back_up()
    DAMAGES[damage](backup)
    before = {path: path.read_bytes() for path in filled.folder.rglob("*") if path.is_file()}
    with pytest.raises(BadBackup):
        restore(backup, filled.places, AT, quiet)
    after = {path: path.read_bytes() for path in filled.folder.rglob("*") if path.is_file()}
    assert after == before


def test_a_backup_that_goes_bad_while_it_is_copied_is_refused_and_nothing_is_touched(filled: Home) -> None:
    backup = filled.back_up()
    *_, last = prove(backup, filled.folder, quiet).files

    def spoil_the_last(label: str, done: int, _total: int) -> None:
        if label == "restoring files" and done == 1:
            flip(backup / last, 2)

    with pytest.raises(BadBackup):
        restore(backup, filled.places, AT, spoil_the_last)

    assert not filled.places.marker.exists()
    assert list(filled.folder.glob("before-restore-*")) == []
    assert (filled.folder / "objects/attachments/w1/a1").read_bytes() == b"first"


def test_every_single_flipped_bit_of_the_manifest_is_noticed(filled: Home) -> None:
    backup = filled.back_up()
    manifest = backup / "manifest.json"
    whole = manifest.read_bytes()
    for place in range(len(whole)):
        flip(manifest, place)
        with pytest.raises(BadBackup):
            prove(backup, filled.folder, quiet)
        manifest.write_bytes(whole)


def test_a_manifest_cannot_write_outside_of_the_data_folder(filled: Home) -> None:
    backup = filled.back_up()
    manifest = prove(backup, filled.folder, quiet)
    entry = manifest.files["keys/signing.key"]
    evil = Manifest(
        program="1.0",
        created_at=AT,
        revisions={},
        files={**manifest.files, "../../keys/signing.key": entry},
    )
    write_manifest(backup, evil)
    with pytest.raises(BadBackup, match="outside"):
        prove(backup, filled.folder, quiet)


def test_a_backup_whose_log_and_streams_disagree_is_refused(filled: Home) -> None:
    connection = pysqlite3.connect(str(filled.sources.database))
    connection.execute("INSERT INTO streams VALUES ('workspace', x'00', 5, 0)")
    connection.execute("INSERT INTO cursors VALUES ('inbox', 'workspace', x'00', 6)")
    connection.commit()
    connection.close()
    with pytest.raises(BadBackup, match="cursor inbox on workspace:00 is at 6, the stream at 5"):
        prove(filled.back_up(), filled.folder, quiet)


def test_a_restore_that_was_interrupted_leaves_its_marker_and_can_be_run_again(
    filled: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup = filled.back_up()

    def crash(_source: Path, _target: Path) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as crashing:
        crashing.setattr(shutil, "move", crash)
        with pytest.raises(KeyboardInterrupt):
            restore(backup, filled.places, AT, quiet)
    assert filled.places.marker.read_text() == backup.name
    restore(backup, filled.places, AT + timedelta(seconds=1), quiet)
    assert not filled.places.marker.exists()
    assert filled.jobs() == ["before"]


def test_a_backup_travels_as_one_tar_file(filled: Home, tmp_path: Path) -> None:
    archive = tmp_path / "backup.tar"
    pack(filled.back_up(), archive)
    with opened(archive, tmp_path) as folder:
        assert prove(folder, tmp_path, quiet).program == "1.0"
        unpacked = folder
    assert not unpacked.exists()


@pytest.mark.parametrize("keep", [100, 15_000])
def test_a_tar_file_that_is_cut_off_is_refused(filled: Home, tmp_path: Path, keep: int) -> None:
    archive = tmp_path / "backup.tar"
    pack(filled.back_up(), archive)
    archive.write_bytes(archive.read_bytes()[:keep])
    with pytest.raises(BadBackup), opened(archive, tmp_path) as folder:
        prove(folder, tmp_path, quiet)


def test_a_database_of_another_kind_is_named_as_such(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    create_tables(path)
    path.write_bytes(b"this is no database at all, whatever its name says" * 100)
    [sentence] = examine(path)
    assert "cannot be" in sentence
