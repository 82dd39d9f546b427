"""Where a page ended, as opaque text that a client hands back for the next one."""

import base64
import binascii
from typing import TypeVar

import msgspec

from headway.platform.problems import Invalid

P = TypeVar("P", bound=msgspec.Struct)


def write_place(place: msgspec.Struct) -> str:
    """The text that stands for a place."""
    return base64.urlsafe_b64encode(msgspec.json.encode(place)).decode().rstrip("=")


def read_place(cursor: str, kind: type[P]) -> P:
    """The place that a text stands for; Invalid when it is none of that kind."""
    try:
        return msgspec.json.decode(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)), type=kind)
    except (binascii.Error, ValueError, msgspec.MsgspecError):
        raise bad_cursor() from None


def bad_cursor() -> Invalid:
    """The refusal of a text that the list in question has never given."""
    return Invalid.field("cursor", "bad_cursor", "is not a cursor of this list; begin again without one")
