"""Files are stored whole and under their key only, in a folder and in a store that speaks S3."""

import hashlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from headway.platform.objects import PIECE, LocalObjects, ObjectStore, Stored, open_objects
from headway.platform.problems import TooLarge, Unavailable
from tests.support import s3


async def pieces(*parts: bytes) -> AsyncIterator[bytes]:
    for part in parts:
        yield part


async def content(store: ObjectStore, key: str, start: int = 0, end: int | None = None) -> bytes:
    return b"".join([piece async for piece in store.read(key, start, end)])


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.fixture(params=["folder", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> ObjectStore:
    place = f"file:{tmp_path / 'objects'}" if request.param == "folder" else s3.new_bucket()
    return open_objects(place, s3.KEY, tmp_path / "uploading")


async def test_a_file_comes_back_as_it_was_with_its_size_and_hash(store: ObjectStore) -> None:
    stored = await store.put("attachments/w1/a1", pieces(b"one", b"two"), limit=6)
    assert stored == Stored(6, hashlib.sha256(b"onetwo").hexdigest())
    assert await content(store, "attachments/w1/a1") == b"onetwo"
    assert await store.size("attachments/w1/a1") == 6


async def test_a_part_of_a_large_file_is_read_alone(store: ObjectStore) -> None:
    data = bytes(range(256)) * (PIECE // 100)
    await store.put("a", pieces(data), limit=len(data))
    assert await content(store, "a", 1000, PIECE + 1001) == data[1000 : PIECE + 1001]
    assert await content(store, "a", len(data) - 3) == data[-3:]


async def test_a_file_over_the_limit_leaves_nothing(store: ObjectStore, tmp_path: Path) -> None:
    with pytest.raises(TooLarge):
        await store.put("a", pieces(b"12345", b"6"), limit=5)
    assert await store.size("a") is None
    assert files(tmp_path) == []


async def test_an_upload_that_breaks_off_leaves_what_was_there(store: ObjectStore, tmp_path: Path) -> None:
    await store.put("a", pieces(b"before"), limit=10)
    there = files(tmp_path)

    async def broken() -> AsyncIterator[bytes]:
        yield b"aft"
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        await store.put("a", broken(), limit=10)
    assert await content(store, "a") == b"before"
    assert [held.key for held in await store.list()] == ["a"]
    assert files(tmp_path) == there


async def test_a_file_is_replaced_by_what_is_stored_after_it(store: ObjectStore) -> None:
    await store.put("a", pieces(b"before"), limit=10)
    await store.put("a", pieces(b"after"), limit=10)
    assert await content(store, "a") == b"after"


async def test_an_empty_file_is_a_file(store: ObjectStore) -> None:
    await store.put("a", pieces(), limit=10)
    assert await store.size("a") == 0
    assert await content(store, "a") == b""


async def test_a_folder_that_cannot_be_written_is_a_problem_of_storage(tmp_path: Path) -> None:
    (tmp_path / "objects").write_bytes(b"a file in the way")
    with pytest.raises(Unavailable):
        await LocalObjects(tmp_path / "objects").put("a", pieces(b"x"), limit=10)


@pytest.mark.parametrize(
    "key",
    ["", "/etc/passwd", "../secret", "a/../../b", "a//b", ".staging/x", "a/.hidden", "a\0b", "a/b\n", "A", "a\\b"],
)
async def test_a_key_cannot_leave_the_folder(store: ObjectStore, key: str) -> None:
    with pytest.raises(ValueError, match="not the key"):
        await store.put(key, pieces(b"x"), limit=10)
    with pytest.raises(ValueError, match="not the key"):
        await content(store, key)


async def test_files_are_listed_and_deleted_by_key(store: ObjectStore) -> None:
    for key in ("attachments/w1/a2", "attachments/w1/a1", "avatars/u1"):
        await store.put(key, pieces(key.encode()), limit=100)
    assert [held.key for held in await store.list("attachments/")] == ["attachments/w1/a1", "attachments/w1/a2"]
    assert [held.size for held in await store.list("avatars/")] == [10]
    await store.delete("avatars/u1")
    await store.delete("avatars/u1")
    assert await store.list("avatars/") == []
    with pytest.raises(FileNotFoundError):
        await content(store, "avatars/u1")


async def test_what_a_dead_process_left_half_stored_is_dropped(tmp_path: Path) -> None:
    store = LocalObjects(tmp_path / "objects")
    await store.put("a", pieces(b"whole"), limit=5)

    async def dying() -> AsyncIterator[bytes]:
        yield b"half"
        # as a crash leaves it: nobody tidies up behind it
        [staged] = (tmp_path / "objects/.staging").glob("*")
        staged.with_name("left").write_bytes(b"half")
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        await store.put("b", dying(), limit=10)
    assert len(files(tmp_path)) == 2
    LocalObjects(tmp_path / "objects").drop_unfinished()
    assert await content(store, "a") == b"whole"
    assert len(files(tmp_path)) == 1
