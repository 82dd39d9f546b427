"""Redis, where the settings name one: does it answer, and from where do sentinels say that it does?"""

import asyncio

from headway.entrypoints.operation.doctor.findings import Finding, failure, warning, well
from headway.platform.clock import Clock
from headway.platform.redis.address import NeedsRedis, client_of
from headway.settings import Settings

PATIENCE_SECONDS = 5.0


def check_redis(settings: Settings, _clock: Clock) -> list[Finding]:
    """One question to it."""
    if not settings.redis_url:
        return []
    advice = "See HEADWAY_REDIS_URL and Redis's own log. Until it answers, limits count per instance."
    try:
        asyncio.run(_ping(settings.redis_url))
    except NeedsRedis as error:
        return [failure("redis", str(error), "Install it, or unset HEADWAY_REDIS_URL.")]
    except Exception as error:  # noqa: BLE001 - whatever its client raises means that it does not answer
        return [warning("redis", f"it does not answer: {error or type(error).__name__}", advice)]
    return [well("redis", "it answers")]


async def _ping(url: str) -> None:
    async with client_of(url) as client, asyncio.timeout(PATIENCE_SECONDS):
        await client.execute_command("PING")  # type: ignore[no-untyped-call]  # the library has no types here
