"""Where a MariaDB or MySQL database is, as a URL says it."""

import re
import ssl
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit

SCHEMES: Final = ("mysql", "mariadb")
PORT: Final = 3306

_EXPECTED: Final = "must be like mysql://user:password@host:3306/name"
_ENDPOINT: Final = re.compile(r"(\[[0-9a-fA-F:.]+\]|[^\[\]:]+)(?::([0-9]{1,5}))?")

Tls = Literal["off", "on"]


class Endpoint(NamedTuple):
    """Where one server listens."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Address:
    """`mysql://user:password@host:port/name`, with `?tls=on` and, for an authority of one's own, `&ca=/path`.

    Several servers that replicate one another are named by commas, `@one:3306,two:3306/name`: the one of them that
    takes writes is used. `?socket=/path` reaches a server on the same machine without a port. The password is never
    shown.
    """

    endpoints: tuple[Endpoint, ...]
    user: str
    password: str = field(repr=False)
    name: str
    socket: str | None = None
    tls: Tls = "off"
    ca: str | None = None

    @property
    def servers(self) -> str:
        """The servers as they are named to an operator."""
        return ", ".join(map(str, self.endpoints))

    def tls_context(self) -> ssl.SSLContext | None:
        """What proves the server, or None for a connection without TLS. OSError when the authority is not readable."""
        return ssl.create_default_context(cafile=self.ca) if self.tls == "on" else None


def is_server(url: str) -> bool:
    """Whether a database URL names a server rather than a file."""
    return url.split(":", 1)[0] in SCHEMES


def parse_address(url: str) -> Address:
    """The address in a URL; ValueError, in words for whoever wrote it, when it is none."""
    parts = urlsplit(url)
    name = unquote(parts.path.removeprefix("/"))
    credentials, _, servers = parts.netloc.rpartition("@")
    user, _, password = credentials.partition(":")
    if parts.scheme not in SCHEMES or not user or not name or "/" in name:
        raise ValueError(_EXPECTED)
    options = parse_qs(parts.query, strict_parsing=bool(parts.query))
    unknown = sorted(options.keys() - {"tls", "ca", "socket"})
    if unknown:
        raise ValueError(f"has an unknown option {unknown[0]}: there are tls, ca and socket")
    tls = options.get("tls", ["off"])[-1]
    if tls not in ("on", "off"):
        raise ValueError("must have tls=on or tls=off")
    return Address(
        tuple(_endpoint(each) for each in servers.split(",")),
        unquote(user),
        unquote(password),
        name,
        socket=options.get("socket", [None])[-1],
        tls="on" if tls == "on" else "off",
        ca=options.get("ca", [None])[-1],
    )


def _endpoint(text: str) -> Endpoint:
    found = _ENDPOINT.fullmatch(text)
    port = int(found[2] or PORT) if found else 0
    if found is None or not 0 < port < 65536:
        raise ValueError(_EXPECTED)
    return Endpoint(found[1].strip("[]").lower(), port)
