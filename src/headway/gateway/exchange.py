"""What is known of one request once it has passed the edge."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, cast

from headway.gateway.asgi import Headers, Scope
from headway.platform.actor import NOBODY, Actor
from headway.platform.positions import Versions

_KEY: Final = "headway.exchange"


@dataclass(slots=True)
class Exchange:
    """One request: lower-case names of `headers`, `path` below the sub-path, `route` the template that matched.

    HEAD has `method` GET and `head`. `counted` are the headers that tell how it counted against the limits.
    `needs` are the versions of streams that an answer must have reached, `reached` those that it has;
    `place` is where it was read and at which beat, if there are replicas.
    """

    request_id: str
    method: str
    head: bool
    path: str
    query: bytes
    address: str
    headers: dict[str, str]
    cookies: dict[str, str] = field(default_factory=dict)
    actor: Actor = NOBODY
    route: str = "unknown"
    counted: Headers = ()
    needs: Versions = field(default_factory=dict)
    reached: Sequence[tuple[str, int]] = ()
    place: Sequence[tuple[str, int]] = ()


def attach(scope: Scope, exchange: Exchange) -> None:
    """Let what is inside the edge find the request."""
    scope[_KEY] = exchange


def exchange_of(scope: Scope) -> Exchange:
    """The request that the edge has let in."""
    return cast("Exchange", scope[_KEY])
