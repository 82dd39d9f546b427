"""Routes as data.

Each module lists its routes in tables. The router, OpenAPI, the permission matrix, `/batch` and the tests all read
the same tables, so none of them can disagree.
"""

from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

import msgspec

from headway.platform.actor import Actor

Method = Literal["GET", "POST", "PUT", "PATCH", "DELETE"]

Needs = Literal[
    "public",  # nobody needs to be signed in
    "self",  # signed in; touches only what is one's own
    "workspace:see",  # any member of the workspace, guests too
    "workspace:member",  # member, admin or owner
    "workspace:admin",  # admin or owner
    "workspace:owner",
    "project:view",
    "project:comment",
    "project:edit",
    "instance:admin",  # runs this installation
]

# Any: what a route's function takes and gives differs from route to route; the tables are checked at start.
Act = Callable[..., Coroutine[Any, Any, Any]]


@dataclass(frozen=True, kw_only=True)
class Route:
    """What all routes have. `path` is below /api/v1, with `{task_id}` for an id or `{name:str}` for other text.

    `body` and `query` are Structs (unknown fields refused), `answer` the type of the JSON answer or None for 204.
    The docstring of `act` is the route's description, its first line the summary. `codes` are the problem codes beyond
    the common ones that it may answer with.
    """

    method: Method
    path: str
    act: Act
    needs: Needs
    tag: str
    body: type[msgspec.Struct] | None = None
    query: type[msgspec.Struct] | None = None
    answer: Any = None  # Any: a type expression
    status: int = 200
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dependency:
    """What an answer follows from: it holds while these streams (`workspace:<id>`) stay at their versions.

    `valid_until` is the next moment at which time itself changes it, such as the reader's midnight for "overdue". The
    reader's own `access` stream need not be named.
    """

    streams: tuple[str, ...]
    valid_until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Read(Route):
    """A GET that answers JSON: `act(reader, actor, query, **path) -> answer`. `slow`: run away from the event loop.

    `depends(reader, actor, query, **path) -> Dependency | None` lets the gateway keep the answer for that person, the
    same for all their sessions; None says that this one is not to be kept.
    """

    method: Method = "GET"
    slow: bool = False
    depends: Act | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer with everything that HTTP needs. `body` is encoded as JSON unless it is bytes or a stream of them."""

    body: Any = None  # Any: of the route's answer type
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    cookies: tuple[str, ...] = ()
    media_type: str = "application/json"

    @property
    def streams(self) -> bool:
        """Whether the body comes piece by piece."""
        return isinstance(self.body, AsyncIterator)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as an Endpoint sees it: header names in lower case, the client's address behind trusted proxies."""

    actor: Actor
    headers: Mapping[str, str]
    cookies: Mapping[str, str]
    address: str
    upload: bytes | AsyncIterator[bytes] | None = None


@dataclass(frozen=True, kw_only=True)
class Endpoint(Route):
    """Any other route: `act(asked, data, **path) -> Reply`, `data` being the body, or the query of a GET.

    `upload`: the body is a file, given as `asked.upload`, up to that many bytes. `media_type` is that of the answer,
    for its description; what is sent is the Reply's own. `body_limit`: bytes of a JSON body, where more than common.
    """

    upload: int | None = None
    media_type: str = "application/json"
    body_limit: int | None = None
