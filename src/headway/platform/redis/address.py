"""From a URL to a client of redis-py, which finds the primary by itself where there are sentinels."""

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qs, unquote, urlsplit

from headway.platform.failure import Failure

if TYPE_CHECKING:
    from redis.asyncio import Redis

SENTINEL: Final = "redis+sentinel"
SENTINEL_PORT: Final = 26379
CONNECT_SECONDS: Final = 1.0


class NeedsRedis(Failure):
    """The package for Redis is not installed."""


def client_of(url: str) -> "Redis":
    """A client that has not connected yet. NeedsRedis."""
    try:
        from redis.asyncio import Redis  # noqa: PLC0415 - an extra that most do not need
        from redis.asyncio.retry import Retry  # noqa: PLC0415
        from redis.backoff import NoBackoff  # noqa: PLC0415
    except ModuleNotFoundError as missing:
        raise NeedsRedis("HEADWAY_REDIS_URL is set: pip install 'headway[redis]'.") from missing
    if url.startswith(f"{SENTINEL}:"):
        return _by_sentinels(url)
    # who asks waits and tries again by itself, so that one failure is told once
    return Redis.from_url(url, socket_connect_timeout=CONNECT_SECONDS, retry=Retry(NoBackoff(), 0))


def _by_sentinels(url: str) -> "Redis":
    """`redis+sentinel://:password@host1:26379,host2/name/0`, with `?tls=on`; the password is Redis's own."""
    from redis.asyncio.retry import Retry  # noqa: PLC0415
    from redis.asyncio.sentinel import Sentinel  # noqa: PLC0415
    from redis.backoff import NoBackoff  # noqa: PLC0415

    parts = urlsplit(url)
    who, _, hosts = parts.netloc.rpartition("@")
    user, _, password = who.partition(":")
    name, _, number = parts.path.strip("/").partition("/")
    tls = parse_qs(parts.query).get("tls", ["off"])[-1] == "on"
    # Any: options of a connection, of every type
    common: dict[str, Any] = {"socket_connect_timeout": CONNECT_SECONDS, "ssl": tls, "retry": Retry(NoBackoff(), 0)}
    known = [_host(each) for each in hosts.split(",")]
    sentinels = Sentinel(known, sentinel_kwargs=common)  # type: ignore[no-untyped-call]  # the library has no types here
    found: Redis = sentinels.master_for(
        unquote(name),
        db=int(number or 0),
        username=unquote(user) or None,
        password=unquote(password) or None,
        **common,
    )
    return found


def _host(written: str) -> tuple[str, int]:
    host, _, port = written.rpartition(":") if ":" in written else (written, "", "")
    return host.strip("[]"), int(port or SENTINEL_PORT)
