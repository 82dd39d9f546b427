"""Files in a store that speaks S3.

A file comes in on the disk first, and goes on from there: whoever breaks off, or sends too much, leaves nothing in the
store, which shows a file under its key only once all of it is there. It comes back in ranges, so that neither a large
file nor a slow reader takes memory or holds a connection.
"""

import contextlib
import hashlib
import re
import tempfile
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

import structlog
from obstore.exceptions import BaseError
from obstore.store import S3Store

from headway.platform.failure import Failure
from headway.platform.objects.address import Key, S3Address
from headway.platform.objects.port import Held, Stored, away, checked, on_disk, receive

if TYPE_CHECKING:
    from obstore import Attributes, GetOptions, GetResult
    from obstore.store import ClientConfig, RetryConfig, S3Config

PART: Final = 8 << 20
"""Bytes of a request that stores; what is larger takes several, of which two are under way."""
RANGE: Final = 1 << 20
"""Bytes of a request that reads: what one reader takes of memory."""
HASH: Final = "sha256"
"""Metadata of every file: what it was when it came."""

_TOLD: Final = re.compile(r"<Code>([^<]{1,100})</Code>\s*<Message>([^<]{0,300})</Message>")

_log = structlog.get_logger(__name__)


class DamagedFile(Failure):
    """The store gave other bytes than it was given."""


class StoreFailed(Failure):
    """What the store said, in one line."""


class S3Objects:
    """See `port.ObjectStore`. `scratch`: folder of the disk for what is on its way."""

    def __init__(self, address: S3Address, key: Key, scratch: Path) -> None:
        self._store = _open(address, key)
        self._name = str(address)
        self._scratch = scratch

    async def put(self, key: str, pieces: AsyncIterator[bytes], limit: int) -> Stored:
        checked(key)
        file = await on_disk(_unnamed, self._scratch)
        try:
            stored = await receive(file, pieces, limit)
            await on_disk(file.seek, 0)
            with self._answering("put", key):
                await self._store.put_async(
                    key,
                    file,
                    attributes={"Content-Type": "application/octet-stream", HASH: stored.sha256},
                    use_multipart=stored.size > PART,
                    chunk_size=PART,
                    max_concurrency=2,
                )
        finally:
            await on_disk(file.close)
        return stored

    async def size(self, key: str) -> int | None:
        found = await self._look(key)
        return None if found is None else found.meta["size"]

    async def read(self, key: str, start: int = 0, end: int | None = None) -> AsyncIterator[bytes]:
        found = await self._look(key)
        if found is None:
            raise FileNotFoundError(key)
        size, version = found.meta["size"], found.meta["e_tag"]
        end = size if end is None else min(end, size)
        digest = hashlib.sha256()
        for at in range(start, end, RANGE):
            stop = min(at + RANGE, end)
            piece = await self._range(key, {"range": (at, stop), "if_match": version})
            digest.update(piece)
            if stop == size and start == 0:  # the last piece of a whole file goes out only when the whole is right
                self._compare(key, found.attributes, digest.hexdigest())
            yield piece

    async def delete(self, key: str) -> None:
        checked(key)
        with self._answering("delete", key), contextlib.suppress(FileNotFoundError):
            await self._store.delete_async(key)

    async def list(self, prefix: str = "") -> list[Held]:
        # a store lists whole folders
        folder = prefix.rpartition("/")[0]
        found: list[Held] = []
        with self._answering("list", prefix):
            async for several in self._store.list(folder or None, chunk_size=1000):
                found.extend(
                    Held(each["path"], each["size"], each["last_modified"])
                    for each in several
                    if each["path"].startswith(prefix)
                )
        return sorted(found, key=lambda held: held.key)

    async def _look(self, key: str) -> "GetResult | None":
        with self._answering("look", checked(key)), contextlib.suppress(FileNotFoundError):
            return await self._store.get_async(key, options={"head": True})
        return None

    async def _range(self, key: str, options: "GetOptions") -> bytes:
        with self._answering("read", key):
            found = await self._store.get_async(key, options=options)
            return bytes(await found.bytes_async())

    def _compare(self, key: str, about: "Attributes", digest: str) -> None:
        if about.get(HASH, digest) != digest:
            _log.error("file_damaged", key=key, store=self._name)
            raise DamagedFile(f"{key} is not what was stored at {self._name}")

    @contextlib.contextmanager
    def _answering(self, what: str, key: str) -> Iterator[None]:
        """Unavailable, and a line for the operator, when the store is away or refuses."""
        try:
            yield
        except (BaseError, FileNotFoundError) as error:  # the second: there is no such bucket
            said = _reason(error)
            _log.warning("object_store_failed", asked=what, key=key, store=self._name, error=said)
            raise away("The store of files does not answer; nothing was changed.") from StoreFailed(said)


def _open(address: S3Address, key: Key) -> S3Store:
    config: S3Config = {
        "virtual_hosted_style_request": address.style == "host",
        "disable_bulk_delete": True,  # not every store has it, and files go one by one
    }
    if address.endpoint:
        config["endpoint"] = address.endpoint
    if address.region:
        config["region"] = address.region
    if key.id:
        config["access_key_id"] = key.id
        config["secret_access_key"] = key.secret
    try:
        client = _client(address)
        return S3Store(
            address.bucket, prefix=address.prefix or None, config=config, client_options=client, retry_config=_RETRY
        )
    except (BaseError, OSError, ValueError) as error:
        raise Failure(f"The store of files {address}: {error}") from error


def _client(address: S3Address) -> "ClientConfig":
    client: ClientConfig = {
        "connect_timeout": timedelta(seconds=3),
        "timeout": timedelta(seconds=60),  # of one part or range
        "allow_http": (address.endpoint or "").startswith("http:"),
    }
    if address.ca:
        client["root_certificate"] = Path(address.ca).read_text("utf-8")
    return client


_RETRY: "Final[RetryConfig]" = {"max_retries": 3, "retry_timeout": timedelta(seconds=10)}


def _reason(error: Exception) -> str:
    """The store's own words where it said something (NoSuchBucket, AccessDenied), else what went wrong on the way."""
    told = _TOLD.search(str(error))
    return f"{told[1]}: {told[2]}" if told else str(error).partition("\n")[0][:300]


def _unnamed(folder: Path) -> IO[bytes]:
    """A file without a name: a crash leaves nothing of it."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return tempfile.TemporaryFile(dir=folder)
