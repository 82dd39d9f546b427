"""Checks of single settings; each raises ValueError with the rest of the sentence "HEADWAY_... must ..."."""

import ipaddress
import re
from email.errors import HeaderParseError
from email.headerregistry import AddressHeader, UniqueAddressHeader
from email.policy import default as email_policy
from typing import Final
from urllib.parse import SplitResult, urlsplit

_PLAIN: Final = re.compile(r"[A-Za-z]+://[A-Za-z0-9.\[\]:-]+[A-Za-z0-9._~/-]*")
_SERVER: Final = r"(?:\[[0-9a-fA-F:.]+\]|[^/?#@:,\[\]]+)(?::[0-9]{1,5})?"
_SERVERS: Final = re.compile(rf"[a-z]+://[^/?#@]+@{_SERVER}(?:,{_SERVER})*/[^/?#]+(?:\?[^#]*)?")
_SENTINELS: Final = re.compile(r"redis\+sentinel://([^/@]*@)?[^/@,]+(,[^/@,]+)*/[^/?]+(/[0-9]+)?(\?tls=on)?")
_FAULT: Final = re.compile(r"[a-z_]+\.[a-z_]+:[1-9][0-9]*")


def is_loopback(url: str) -> bool:
    """Whether a URL names this machine only."""
    return is_loopback_host(urlsplit(url).hostname or "")


def is_loopback_host(host: str) -> bool:
    """Whether a name or an address is of this machine only."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def check_public_url(value: str) -> None:
    """http or https, a host, at most a path."""
    parts = _split(value)
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("must be like https://tasks.example.org or https://example.org/tasks")
    if parts.query or parts.fragment or parts.username or value.endswith("/"):
        raise ValueError("must have no query, fragment, user or final slash")


def check_asset_url(value: str) -> None:
    """Empty, or http or https with a host and at most a path, of characters that mean nothing in a policy or a page."""
    parts = _split(value)
    if not value:
        return
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("must be like https://cdn.example.org or https://cdn.example.org/headway")
    if not _PLAIN.fullmatch(value) or value.endswith("/"):
        raise ValueError("must have no query, fragment, user or final slash")


def check_database_url(value: str) -> None:
    """A SQLite file, or a MariaDB or MySQL server."""
    if value.startswith(("mysql:", "mariadb:")):
        if not _SERVERS.fullmatch(value):
            raise ValueError("must be like mysql://user:password@host:3306/name")
    elif not value.startswith("sqlite:///") or value == "sqlite:///":
        raise ValueError("must be sqlite:///path or mysql://user:password@host:3306/name")


def check_replica_url(value: str) -> None:
    """One MariaDB or MySQL server."""
    if not value.startswith(("mysql:", "mariadb:")) or not _SERVERS.fullmatch(value):
        raise ValueError("must be like mysql://reader:password@host:3306/name")


def check_redis_url(value: str) -> None:
    """Empty, or where a Redis is: itself, its socket, or the sentinels that know it."""
    if not value:
        return
    if value.startswith("redis+sentinel:"):
        if not _SENTINELS.fullmatch(value):
            raise ValueError("must be like redis+sentinel://:password@host1:26379,host2:26379/name")
        return
    parts = _split(value)
    there = parts is not None and (parts.path if parts.scheme == "unix" else parts.hostname)
    if parts is None or parts.scheme not in ("redis", "rediss", "unix") or not there:
        raise ValueError("must be like redis://:password@host:6379/0, rediss://... or unix:///path")


def check_objects_url(value: str) -> None:
    """A folder, or a bucket. What is secret has settings of its own."""
    parts = _split(value)
    if value.startswith("s3:") and parts is not None and ("@" in parts.netloc):
        raise ValueError("must not hold a password: there are HEADWAY_OBJECTS_KEY_ID and HEADWAY_OBJECTS_SECRET")
    bucket = value.startswith("s3://") and parts is not None and bool(parts.netloc)
    if not bucket and (not value.startswith("file:") or value == "file:"):
        raise ValueError("must be file:/path or s3://bucket/prefix?endpoint=https://host&region=name")


def check_network(value: str) -> None:
    """An address or a network in CIDR notation."""
    try:
        ipaddress.ip_network(value)
    except ValueError:
        raise ValueError("must be addresses or networks such as 127.0.0.1,10.0.0.0/8") from None


def check_smtp_url(value: str) -> None:
    """Empty, or smtp/smtps with a host."""
    parts = _split(value)
    if value and (parts is None or parts.scheme not in ("smtp", "smtps") or not parts.hostname):
        raise ValueError("must be like smtp://user:password@mail.example.org:587")


def check_sender(value: str) -> None:
    """One mail address, with or without a name."""
    sentence = "must be one address such as Headway <headway@example.org>"
    if not value.isprintable():
        raise ValueError(sentence)
    try:
        header = email_policy.header_factory("from", value)
    except (HeaderParseError, ValueError, IndexError):
        raise ValueError(sentence) from None
    addresses = header.addresses if isinstance(header, AddressHeader | UniqueAddressHeader) else ()
    if len(addresses) != 1 or not addresses[0].username or not addresses[0].domain or header.defects:
        raise ValueError(sentence)


def check_fault(value: str) -> None:
    """Empty, or the name of a point and which time it is reached."""
    if value and not _FAULT.fullmatch(value):
        raise ValueError("must be like write.before_commit:12")


def _split(value: str) -> SplitResult | None:
    try:
        parts = urlsplit(value)
        _ = parts.port  # raises for a port that is no number
    except ValueError:
        return None
    return parts
