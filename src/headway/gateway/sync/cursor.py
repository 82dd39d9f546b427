"""What a client holds, in one text that it hands back: of each stream the version and the scopes.

It is checked but not signed: it decides what a reader need not be sent again, never what a reader may see. It travels
in URLs, so it stays short: a person with hundreds of projects carries a digest of their scopes in place of the list.
"""

import base64
import binascii
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Final, Literal, get_args

import msgspec

from headway.changes.contracts import Stream, StreamKind
from headway.changes.module import Scopes
from headway.platform.ids import id_from_bytes, id_to_bytes, is_id
from headway.platform.problems import Invalid

LENGTH: Final = 4000
"""Characters that a cursor with all its scopes may have."""
LONGEST: Final = 6000
"""Characters of the longest cursor that is read at all."""

KINDS: Final[tuple[StreamKind, ...]] = get_args(StreamKind)

_Version = Annotated[int, msgspec.Meta(ge=0, le=2**53)]
_Id = Annotated[bytes, msgspec.Meta(min_length=16, max_length=16)]
_Digest = Annotated[bytes, msgspec.Meta(min_length=8, max_length=8)]
_Kind = Annotated[int, msgspec.Meta(ge=0, lt=len(KINDS))]


@dataclass(frozen=True, slots=True)
class Held:
    """What a client holds of a stream. `scopes` None: only their digest is known."""

    version: int
    scopes: Scopes | None
    digest: bytes

    @classmethod
    def of(cls, version: int, scopes: Scopes) -> "Held":
        """All objects of those scopes, at that version."""
        return cls(version, scopes, digest_of(scopes))

    def among(self, visible: Scopes) -> Scopes | None:
        """The scopes held, where they can be told; None when they are others than `visible` and nobody knows which."""
        if self.scopes is not None:
            return self.scopes
        return visible if digest_of(visible) == self.digest else None


@dataclass(frozen=True, slots=True)
class Resume:
    """A snapshot that was broken off: of which scopes, after which point, and the stream's version when it began."""

    stream: Stream
    base: int
    digest: bytes
    after: str


@dataclass(frozen=True, slots=True)
class Cursor:
    """What one person's client holds."""

    person: str
    held: Mapping[Stream, Held] = field(default_factory=dict)
    resume: Resume | None = None

    def encode(self) -> str:
        """As text for a URL."""
        text = _text(self, whole=True)
        return text if len(text) <= LENGTH else _text(self, whole=False)

    @classmethod
    def decode(cls, text: str) -> "Cursor":
        """Invalid when it is none that was given out."""
        try:
            raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
            return _unpack(_decode(raw))
        except (binascii.Error, msgspec.DecodeError, ValueError):
            raise Invalid.field("cursor", "invalid_cursor", "is not a cursor; leave it out to begin anew") from None


class _PackedHeld(msgspec.Struct, frozen=True, array_like=True):
    kind: _Kind
    owner: _Id
    version: _Version
    scopes: list[bytes] | _Digest


class _PackedResume(msgspec.Struct, frozen=True, array_like=True):
    kind: _Kind
    owner: _Id
    base: _Version
    digest: _Digest
    after: Annotated[str, msgspec.Meta(max_length=200)]


class _Packed(msgspec.Struct, frozen=True, array_like=True):
    format: Literal[1]
    person: _Id
    held: list[_PackedHeld]
    resume: _PackedResume | None


_LETTERS: Final = {"project": b"p", "person": b"u"}
_encode: Final = msgspec.msgpack.Encoder().encode
_decode: Final = msgspec.msgpack.Decoder(_Packed).decode


def digest_of(scopes: Scopes) -> bytes:
    """Eight bytes that differ when the scopes do."""
    return hashlib.blake2b("\n".join(sorted(scopes)).encode(), digest_size=8).digest()


def _text(cursor: Cursor, *, whole: bool) -> str:
    resume = cursor.resume
    packed = _Packed(
        1,
        id_to_bytes(cursor.person),
        [_pack_held(stream, held, whole=whole) for stream, held in cursor.held.items()],
        None
        if resume is None
        else _PackedResume(*_pack_stream(resume.stream), resume.base, resume.digest, resume.after),
    )
    return base64.urlsafe_b64encode(_encode(packed)).rstrip(b"=").decode()


def _pack_stream(stream: Stream) -> tuple[int, bytes]:
    return KINDS.index(stream.kind), id_to_bytes(stream.owner)


def _pack_held(stream: Stream, held: Held, *, whole: bool) -> _PackedHeld:
    scopes = [_pack_scope(scope) for scope in sorted(held.scopes)] if whole and held.scopes is not None else held.digest
    return _PackedHeld(*_pack_stream(stream), held.version, scopes)


def _pack_scope(scope: str) -> bytes:
    """`project:<id>` as `p` and 16 bytes, `person:<id>` as `u` and 16 bytes, any other as `=` and its text."""
    name, _, owner = scope.partition(":")
    letter = _LETTERS.get(name)
    return letter + id_to_bytes(owner) if letter and is_id(owner) else b"=" + scope.encode()


def _unpack(packed: _Packed) -> Cursor:
    resume = packed.resume
    return Cursor(
        id_from_bytes(packed.person),
        dict(_unpack_held(packed.held)),
        None
        if resume is None
        else Resume(_unpack_stream(resume.kind, resume.owner), resume.base, resume.digest, resume.after),
    )


def _unpack_held(packed: list[_PackedHeld]) -> Iterator[tuple[Stream, Held]]:
    for each in packed:
        stream = _unpack_stream(each.kind, each.owner)
        if isinstance(each.scopes, bytes):
            yield stream, Held(each.version, None, each.scopes)
        else:
            yield stream, Held.of(each.version, frozenset(map(_unpack_scope, each.scopes)))


def _unpack_stream(kind: int, owner: bytes) -> Stream:
    return Stream(KINDS[kind], id_from_bytes(owner))


def _unpack_scope(packed: bytes) -> str:
    letter, rest = packed[:1], packed[1:]
    if letter == b"=":
        return rest.decode()
    name = next((name for name, each in _LETTERS.items() if each == letter), None)
    if name is None or len(rest) != 16:
        raise ValueError("no scope")
    return f"{name}:{id_from_bytes(rest)}"
