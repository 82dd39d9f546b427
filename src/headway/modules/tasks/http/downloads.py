"""A stored file as an answer: in ranges (RFC 9110, section 14), and so that it can never run in a browser."""

import re
from collections.abc import Mapping
from typing import ClassVar, Final
from urllib.parse import quote

import structlog

from headway.modules.tasks.contracts.attachments import StoredFile
from headway.platform.objects import ObjectStore
from headway.platform.problems import NotFound, Problem
from headway.platform.web.routes import Reply

SHOWN: Final = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
_RANGE: Final = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
_log = structlog.get_logger(__name__)


class RangeNotSatisfiable(Problem):
    """The range that was asked for begins after the file's end."""

    status: ClassVar[int] = 416
    title: ClassVar[str] = "Range not satisfiable"


async def download(objects: ObjectStore, file: StoredFile, headers: Mapping[str, str], *, save: bool) -> Reply:
    """The file, or the range of it that was asked for. `save`: a picture too is to be saved and not shown."""
    size = await objects.size(file.key)
    if size is None:
        _log.error("file_missing", key=file.key)
        raise NotFound("file")
    etag = f'"{file.etag}"'
    wanted = _wanted(headers, etag, size)
    start, end = wanted or (0, size)
    answer = {
        "etag": etag,
        "accept-ranges": "bytes",
        "content-length": str(end - start),
        "content-disposition": _disposition(file, save=save),
        "cache-control": "private, no-cache",
    }
    if wanted:
        answer["content-range"] = f"bytes {start}-{end - 1}/{size}"
    media_type = file.media_type if file.media_type in SHOWN else "application/octet-stream"
    body = objects.read(file.key, start, end)
    return Reply(body, 206 if wanted else 200, answer, media_type=media_type)


def _wanted(headers: Mapping[str, str], etag: str, size: int) -> tuple[int, int] | None:
    """The range to answer, end exclusive; None for the whole file, also when the range is of another version of it."""
    asked = _RANGE.fullmatch(headers.get("range", "").replace(" ", ""))
    if asked is None or asked.groups() == ("", "") or headers.get("if-range", etag) != etag:
        return None
    first, last = asked.groups()
    if first == "":
        start, end = max(size - int(last), 0), size
    else:
        start, end = int(first), min(int(last) + 1, size) if last else size
    if last and first and int(last) < int(first):
        return None
    if start >= size:
        raise RangeNotSatisfiable(
            "range_not_satisfiable",
            f"The file has {size} bytes.",
            headers={"Content-Range": f"bytes */{size}"},
        )
    return start, end


def _disposition(file: StoredFile, *, save: bool) -> str:
    """RFC 6266, with the name in full as RFC 8187 writes it and in ASCII for old programs."""
    kind = "inline" if file.media_type in SHOWN and not save else "attachment"
    plain = re.sub(r'[^\x20-\x7e]|["\\%]', "_", file.name)
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(file.name, safe='')}"
