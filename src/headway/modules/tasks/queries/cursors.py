"""Where a page ended, good only for the list that it came from."""

import hashlib
from typing import Annotated

import msgspec

from headway.platform.web.cursors import bad_cursor, read_place, write_place
from headway.platform.web.fields import IdText

_Int = Annotated[int, msgspec.Meta(ge=-(2**62), le=2**62)]


class Place(msgspec.Struct, frozen=True, array_like=True):
    """The list that a place is in, what the last object there was sorted by, and its id."""

    of: str
    value: _Int | str
    id: IdText


def fingerprint(*what: object) -> str:
    """Short text that differs between lists that differ in filter or order."""
    return hashlib.blake2b(msgspec.json.encode(what), digest_size=6).hexdigest()


def write_cursor(of: str, value: int | str, object_id: str) -> str:
    """The cursor of a page that ended there."""
    return write_place(Place(of, value, object_id))


def read_cursor(cursor: str, of: str, kind: type[int] | type[str]) -> Place:
    """The place that a cursor names; Invalid when it is none, or comes from another list."""
    place = read_place(cursor, Place)
    if place.of != of or not isinstance(place.value, kind):
        raise bad_cursor()
    return place
