"""Where a page of notifications ended, as opaque text."""

import base64
import binascii
from datetime import datetime
from typing import Annotated

import msgspec

from headway.platform.ids import ID_PATTERN
from headway.platform.problems import Invalid


class Place(msgspec.Struct, frozen=True, array_like=True):
    """When the last notification of a page was made, and its id."""

    at: Annotated[datetime, msgspec.Meta(tz=True)]
    id: Annotated[str, msgspec.Meta(pattern=ID_PATTERN, max_length=36)]


def write_cursor(place: Place) -> str:
    """The cursor of a page that ended there."""
    return base64.urlsafe_b64encode(msgspec.json.encode(place)).decode().rstrip("=")


def read_cursor(cursor: str) -> Place:
    """The place that a cursor names; Invalid when it is none."""
    try:
        return msgspec.json.decode(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)), type=Place)
    except (binascii.Error, ValueError, msgspec.MsgspecError):
        raise Invalid.field("cursor", "bad_cursor", "is not a cursor of this list; begin again without one") from None
