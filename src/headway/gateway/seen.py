"""Nobody unsees: an answer is never older than what whoever asks has seen, by `Headway-Seen` or as remembered.

`Exchange.needs` are the versions that an answer must have reached. Whoever answers from a copy, such as the cache,
compares them with what the copy has reached, and otherwise leaves the answer to the primary.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from headway.gateway.asgi import Headers
from headway.gateway.exchange import Exchange
from headway.platform.positions import PLACE, Versions

UNKNOWN: Final[Versions] = {"": 1}
"""What no copy has reached."""

_VERSION: Final = re.compile(r"[0-9]{1,18}")


def said_by(header: str | None) -> Versions:
    """The versions of `Headway-Seen` (`workspace:<id>=42, ...`); what cannot be read is reached by nothing."""
    if header is None:
        return {}
    versions: dict[str, int] = {}
    for each in header.split(","):
        stream, _, version = each.strip().partition("=")
        if not _VERSION.fullmatch(version):
            return UNKNOWN
        versions[stream] = max(int(version), versions.get(stream, 0))
    return versions


def both(one: Versions, other: Versions) -> Versions:
    """What has reached both."""
    if not one or not other:
        return one or other
    return {stream: max(one.get(stream, 0), other.get(stream, 0)) for stream in one.keys() | other.keys()}


def is_reached(needs: Versions, reached: Mapping[str, int]) -> bool:
    """Whether a copy that has reached these versions of streams has all that is needed."""
    return all(reached.get(name, 0) >= version for name, version in needs.items() if not name.startswith(PLACE))


def shown_by(exchange: Exchange, headers: Headers | Sequence[tuple[bytes, bytes]]) -> Sequence[tuple[str, int]]:
    """The versions that whoever gets this answer has seen then."""
    if exchange.method == "GET":
        return (*exchange.reached, *exchange.place)
    written = next((value for name, value in headers if name == b"headway-version"), None)
    return (*(() if written is None else said_by(written.decode()).items()), *exchange.place)
