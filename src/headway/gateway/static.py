"""The web client: files that were built, served from memory."""

import gzip
import hashlib
import mimetypes
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from headway.gateway.asgi import Answer
from headway.gateway.conditional import conditional
from headway.gateway.exchange import Exchange
from headway.gateway.problems import NoSuchPath

INDEX: Final = "/index.html"
_BASE: Final = b'<base href="/" />'
_TYPES: Final = {".js": "text/javascript", ".webmanifest": "application/manifest+json", ".woff2": "font/woff2"}
_FOREVER: Final = b"public, max-age=31536000, immutable"
_ASK: Final = b"no-cache"
_PACKED: Final = {".br": "br", ".gz": "gzip"}


@dataclass(frozen=True, slots=True)
class File:
    """One file, and the same packed for those who unpack it: by encoding, best first."""

    media_type: str
    lasting: bool
    variants: dict[str, bytes]

    def answer(self, accepted: str) -> Answer:
        """The smallest variant that the client takes."""
        encoding = next((each for each in ("br", "gzip") if each in self.variants and _takes(accepted, each)), "")
        body = self.variants[encoding]
        etag = hashlib.blake2b(body, digest_size=12).hexdigest().encode()
        packed = ((b"content-encoding", encoding.encode()),) if encoding else ()
        return Answer(
            200,
            body,
            (
                (b"content-type", self.media_type.encode()),
                (b"cache-control", _FOREVER if self.lasting else _ASK),
                (b"etag", b'"%s"' % etag),
                (b"vary", b"accept-encoding"),
                *packed,
            ),
        )


class StaticFiles:
    """All files below a folder, read once. Paths that name none, and look like no file, are the client's own."""

    def __init__(self, folder: Path, base_path: str) -> None:
        self._files = dict(_read(folder, base_path.encode()))

    async def __call__(self, exchange: Exchange) -> Answer:
        """GET of anything that is no API."""
        path = INDEX if exchange.path == "/" else exchange.path
        file = self._files.get(path)
        if file is None and "." not in path.rsplit("/", 1)[-1]:
            file = self._files.get(INDEX)
        if file is None:
            raise NoSuchPath
        return conditional(exchange, file.answer(exchange.headers.get("accept-encoding", "")))


def _read(folder: Path, base: bytes) -> Iterator[tuple[str, File]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix not in _PACKED:
            name = "/" + path.relative_to(folder).as_posix()
            body = path.read_bytes()
            variants = {"": body, **_packed(path, body)}
            if name == INDEX:
                body = body.replace(_BASE, b'<base href="%s/" />' % base)
                variants = {"": body, "gzip": gzip.compress(body, mtime=0)}
            yield name, File(_media_type(path), name.startswith("/assets/"), variants)


def _packed(path: Path, body: bytes) -> dict[str, bytes]:
    """Variants that were built, and gzip for text where it was not."""
    built = {
        encoding: packed.read_bytes()
        for suffix, encoding in _PACKED.items()
        if (packed := path.with_name(path.name + suffix)).is_file()
    }
    if "gzip" not in built and _is_text(_media_type(path)) and len(body) > 1024:
        built["gzip"] = gzip.compress(body, mtime=0)
    return built


def _media_type(path: Path) -> str:
    kind = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


def _is_text(media_type: str) -> bool:
    return media_type.startswith("text/") or media_type.endswith(("json", "xml"))


def _takes(accepted: str, encoding: str) -> bool:
    """Whether Accept-Encoding names an encoding, and not with the weight 0 (RFC 9110, 12.5.3)."""
    for each in accepted.lower().split(","):
        name, _, weight = each.strip().partition(";")
        if name.strip() == encoding:
            return weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False
