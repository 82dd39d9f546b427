"""Preferences: a map that clients fill as they like, within bounds."""

import re
from collections.abc import Mapping
from typing import Any, Final

import msgspec

from headway.platform.problems import Invalid

KEYS: Final = 200
NAME_PATTERN: Final = r"^[A-Za-z0-9_.:/-]{1,100}$"
BYTES: Final = 16 * 1024

_NAME: Final = re.compile(NAME_PATTERN)

# Any: JSON values that only clients understand.
Preferences = dict[str, Any]


def merge(held: Mapping[str, Any], wanted: Mapping[str, Any]) -> Preferences:
    """`held` with what `wanted` says: null takes a preference away. Invalid beyond the bounds."""
    merged = {name: value for name, value in {**held, **wanted}.items() if value is not None}
    for name in wanted:
        if not _NAME.match(name):
            raise Invalid.field("preferences", "bad_key", "names must have 1 to 100 letters, digits or _ . : / -")
    if len(merged) > KEYS:
        raise Invalid.field("preferences", "too_many", f"must have at most {KEYS} entries")
    if len(msgspec.json.encode(merged)) > BYTES:
        raise Invalid.field("preferences", "too_large", f"must take at most {BYTES} bytes as JSON")
    return merged
