"""The web client: files that were built, served from memory."""

import gzip
import hashlib
import mimetypes
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from headway.gateway.asgi import Answer, Headers
from headway.gateway.conditional import conditional
from headway.gateway.exchange import Exchange
from headway.gateway.options import GatewayOptions
from headway.gateway.problems import NoSuchPath

INDEX: Final = "/index.html"
WORKER: Final = "/sw.js"
_BASE: Final = b'<base href="/" />'
_TYPES: Final = {".js": "text/javascript", ".webmanifest": "application/manifest+json", ".woff2": "font/woff2"}
_FOREVER: Final = (b"cache-control", b"public, max-age=31536000, immutable")
_ASK: Final = (b"cache-control", b"no-cache")
_ELSEWHERE: Final = ((b"access-control-allow-origin", b"*"), (b"cross-origin-resource-policy", b"cross-origin"))
"""Pages get these files by way of another host, which fetches them here."""
_PACKED: Final = {".br": "br", ".gz": "gzip"}


@dataclass(frozen=True, slots=True)
class File:
    """One file, and the same packed for those who unpack it: by encoding, best first."""

    media_type: str
    headers: Headers
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
                (b"etag", b'"%s"' % etag),
                (b"vary", b"accept-encoding"),
                *self.headers,
                *packed,
            ),
        )


class StaticFiles:
    """All files below a folder, read once. Paths that name none, and look like no file, are the client's own.

    Of the folders of former releases only the hashed files are served: tabs that were opened before an upgrade load
    more of theirs.
    """

    def __init__(self, options: GatewayOptions, folder: Path) -> None:
        self._options = options
        former = {name: file for each in options.former_releases for name, file in self._read(each) if _lasts(name)}
        self._files = {**former, **dict(self._read(folder))}

    async def __call__(self, exchange: Exchange) -> Answer:
        """GET of anything that is no API."""
        path = INDEX if exchange.path == "/" else exchange.path
        file = self._files.get(path)
        if file is None and "." not in path.rsplit("/", 1)[-1]:
            file = self._files.get(INDEX)
        if file is None:
            raise NoSuchPath
        return conditional(exchange, file.answer(exchange.headers.get("accept-encoding", "")))

    def _read(self, folder: Path) -> Iterator[tuple[str, File]]:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix not in _PACKED:
                name = "/" + path.relative_to(folder).as_posix()
                body = path.read_bytes()
                variants = {"": body, **_packed(path, body)}
                if name == INDEX:
                    body = self._page(body)
                    variants = {"": body, "gzip": gzip.compress(body, mtime=0)}
                yield name, File(_media_type(path), self._headers(name), variants)

    def _page(self, body: bytes) -> bytes:
        """The page with its base, and with the hashed files where they are to be had from."""
        body = body.replace(_BASE, b'<base href="%s/" />' % self._options.base_path.encode())
        if self._options.asset_url:
            body = body.replace(b'"./assets/', b'"%s/assets/' % self._options.asset_url.encode())
        return body

    def _headers(self, name: str) -> Headers:
        if _lasts(name):
            return (_FOREVER, *(_ELSEWHERE if self._options.asset_url else ()))
        if name == WORKER:
            return (_ASK, (b"service-worker-allowed", f"{self._options.base_path}/".encode()))
        return (_ASK,)


def _lasts(name: str) -> bool:
    """Whether a file has a hash of its content in its name."""
    return name.startswith("/assets/")


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
