"""Preferences: a map that clients fill as they like, within bounds."""

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from headway.platform.problems import Invalid

KEYS: Final = 200
KEY_LENGTH: Final = 100
BYTES: Final = 16 * 1024

# Any: JSON values that only clients understand.
Preferences = dict[str, Any]


def merge(held: Mapping[str, Any], wanted: Mapping[str, Any]) -> Preferences:
    """`held` with what `wanted` says: null takes a preference away. Invalid beyond the bounds."""
    merged = {name: value for name, value in {**held, **wanted}.items() if value is not None}
    for name in wanted:
        if not 1 <= len(name) <= KEY_LENGTH or not name.isprintable():
            raise Invalid.field("preferences", "bad_key", f"names must have 1 to {KEY_LENGTH} printable characters")
    if len(merged) > KEYS:
        raise Invalid.field("preferences", "too_many", f"must have at most {KEYS} entries")
    if len(msgspec.json.encode(merged)) > BYTES:
        raise Invalid.field("preferences", "too_large", f"must take at most {BYTES} bytes as JSON")
    return merged
