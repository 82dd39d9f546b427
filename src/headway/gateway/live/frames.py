"""What is said on a live stream, as bytes."""

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from headway.changes.contracts import Entry
from headway.gateway.asgi import encode


class Hello(msgspec.Struct, frozen=True):
    """The first event: the versions from which on changes will follow."""

    streams: Mapping[str, int]


class Changes(msgspec.Struct, frozen=True, rename={"after": "from", "upto": "to"}):
    """What happened in a stream after version `from`, up to and with `to`, without what the reader may not see."""

    stream: str
    after: int
    upto: int
    entries: Sequence[Entry]


HEARTBEAT: Final = b":\n\n"
RESYNC: Final = b"event: resync\ndata: {}\n\n"
"""The client has missed something, or may see other things than before: it should call /sync."""


def hello(streams: Mapping[str, int], mark: str) -> bytes:
    """The first event. `retry` spreads nothing: clients wait a little at random by themselves."""
    return b"retry: 2000\nid: %s\nevent: hello\ndata: %s\n\n" % (mark.encode(), encode(Hello(streams)))


def changes(what: Changes, mark: str) -> bytes:
    """News of a stream. `mark` is what a client that reconnects sends as Last-Event-ID."""
    return b"id: %s\nevent: changes\ndata: %s\n\n" % (mark.encode(), encode(what))
