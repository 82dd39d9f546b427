"""Where a MariaDB or MySQL database is, as a URL says it."""

import ssl
from dataclasses import dataclass, field
from typing import Final, Literal
from urllib.parse import parse_qs, unquote, urlsplit

SCHEMES: Final = ("mysql", "mariadb")
PORT: Final = 3306

Tls = Literal["off", "on"]


@dataclass(frozen=True, slots=True)
class Address:
    """`mysql://user:password@host:port/name`, with `?tls=on` and, for an authority of one's own, `&ca=/path`.

    `?socket=/path` reaches a server on the same machine without a port. The password is never shown.
    """

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    name: str
    socket: str | None = None
    tls: Tls = "off"
    ca: str | None = None

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
    if parts.scheme not in SCHEMES or not parts.hostname or not parts.username or not name or "/" in name:
        raise ValueError("must be like mysql://user:password@host:3306/name")
    options = parse_qs(parts.query, strict_parsing=bool(parts.query))
    unknown = sorted(options.keys() - {"tls", "ca", "socket"})
    if unknown:
        raise ValueError(f"has an unknown option {unknown[0]}: there are tls, ca and socket")
    tls = options.get("tls", ["off"])[-1]
    if tls not in ("on", "off"):
        raise ValueError("must have tls=on or tls=off")
    return Address(
        parts.hostname,
        parts.port or PORT,
        unquote(parts.username),
        unquote(parts.password or ""),
        name,
        socket=options.get("socket", [None])[-1],
        tls="on" if tls == "on" else "off",
        ca=options.get("ca", [None])[-1],
    )
