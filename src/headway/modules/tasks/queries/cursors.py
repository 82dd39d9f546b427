"""Where a page ended, as opaque text that is good only for the list that it came from."""

import base64
import binascii
import hashlib
from typing import Annotated

import msgspec

from headway.platform.ids import ID_PATTERN
from headway.platform.problems import Invalid

_Id = Annotated[str, msgspec.Meta(pattern=ID_PATTERN, max_length=36)]
_Int = Annotated[int, msgspec.Meta(ge=-(2**62), le=2**62)]


class Place(msgspec.Struct, frozen=True, array_like=True):
    """The list that a place is in, what the last object there was sorted by, and its id."""

    of: str
    value: _Int | str
    id: _Id


def fingerprint(*what: object) -> str:
    """Short text that differs between lists that differ in filter or order."""
    return hashlib.blake2b(msgspec.json.encode(what), digest_size=6).hexdigest()


def write_cursor(of: str, value: int | str, object_id: str) -> str:
    """The cursor of a page that ended there."""
    return base64.urlsafe_b64encode(msgspec.json.encode(Place(of, value, object_id))).decode().rstrip("=")


def read_cursor(cursor: str, of: str, kind: type[int] | type[str]) -> Place:
    """The place that a cursor names; Invalid when it is none, or comes from another list."""
    try:
        place = msgspec.json.decode(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)), type=Place)
    except (binascii.Error, ValueError, msgspec.MsgspecError):
        raise _bad() from None
    if place.of != of or not isinstance(place.value, kind):
        raise _bad()
    return place


def _bad() -> Invalid:
    return Invalid.field("cursor", "bad_cursor", "is not a cursor of this list; begin again without one")
