"""What is particular to a store that speaks S3: it is elsewhere."""

import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from obstore.store import S3Store
from structlog.testing import capture_logs

from headway.platform.objects import Key, NeedsObstore, ObjectStore, S3Address, open_objects, parse_objects
from headway.platform.objects.s3 import PART, DamagedFile
from headway.platform.problems import Unavailable
from tests.support import s3
from tests.support.serving import free_port


async def pieces(*parts: bytes) -> AsyncIterator[bytes]:
    for part in parts:
        yield part


async def content(store: ObjectStore, key: str) -> bytes:
    return b"".join([piece async for piece in store.read(key)])


def names_in(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


async def test_a_file_of_several_parts_comes_back_as_it_was(tmp_path: Path) -> None:
    store = open_objects(s3.new_bucket(), s3.KEY, tmp_path)
    data = os.urandom(PART + 1000)
    stored = await store.put("a", pieces(data[:PART], data[PART:]), limit=len(data))
    assert stored.size == await store.size("a") == len(data)
    assert await content(store, "a") == data


async def test_files_of_two_prefixes_of_a_bucket_do_not_meet(tmp_path: Path) -> None:
    first = s3.new_bucket()
    one = open_objects(first, s3.KEY, tmp_path)
    other = open_objects(first.replace("/files?", "/more?"), s3.KEY, tmp_path)
    await one.put("a", pieces(b"one"), limit=3)
    assert await other.size("a") is None
    assert await other.list() == []


async def test_while_the_store_is_away_everything_says_so_and_when_to_come_back(tmp_path: Path) -> None:
    key = Key("tester", "very-secret-words")
    store = open_objects(f"s3://bucket?endpoint=http://127.0.0.1:{free_port()}", key, tmp_path)
    with capture_logs() as lines:
        for asking in (store.put("a", pieces(b"x"), limit=1), store.size("a"), store.list(), store.delete("a")):
            with pytest.raises(Unavailable) as refused:
                await asking
            assert refused.value.headers["Retry-After"]
    assert [line["asked"] for line in lines] == ["put", "look", "list", "delete"]
    assert "very-secret-words" not in str(lines)
    assert names_in(tmp_path) == []


async def test_a_bucket_that_is_not_there_takes_nothing(tmp_path: Path) -> None:
    store = open_objects(f"s3://nowhere?endpoint={s3.server()}", s3.KEY, tmp_path)
    with pytest.raises(Unavailable) as refused:
        await store.put("a", pieces(b"x"), limit=1)
    assert "NoSuchBucket" in str(refused.value.__cause__)


async def test_a_file_that_was_damaged_in_the_store_is_not_given_out_as_whole(tmp_path: Path) -> None:
    url = s3.new_bucket()
    store = open_objects(url, s3.KEY, tmp_path)
    stored = await store.put("a", pieces(b"right"), limit=5)
    bucket = S3Store(
        urlsplit(url).netloc,
        prefix="files",
        config={"endpoint": s3.server(), "access_key_id": s3.KEY.id, "secret_access_key": s3.KEY.secret},
        client_options={"allow_http": True},
    )
    await bucket.put_async("a", b"wrong", attributes={"sha256": stored.sha256})
    with pytest.raises(DamagedFile):
        await content(store, "a")


def test_a_url_says_where_files_are() -> None:
    assert parse_objects("file:data/objects") == Path("data/objects")
    assert parse_objects("file:///var/lib/head%20way") == Path("/var/lib/head way")
    assert parse_objects("s3://files") == S3Address("files")
    assert parse_objects("s3://files/a/b?endpoint=https://s3.example.org&region=eu&style=host") == S3Address(
        "files", "a/b", "https://s3.example.org", "eu", "host"
    )


@pytest.mark.parametrize(
    "url",
    [
        "",
        "file:",
        "file://elsewhere/path",
        "s3:bucket",
        "s3://",
        "s3://key:secret@bucket",
        "s3://bucket?endpoint=s3.example.org",
        "s3://bucket?endpoint=https://a:b@s3.example.org",
        "s3://bucket?style=wrong",
        "s3://bucket?colour=red",
        "https://bucket",
    ],
)
def test_a_url_that_names_no_place_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"must|option"):
        parse_objects(url)


def test_without_the_package_one_line_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "headway.platform.objects.s3", None)
    with pytest.raises(NeedsObstore, match=r"pip install 'headway\[s3\]'"):
        open_objects("s3://bucket", s3.KEY, tmp_path)
