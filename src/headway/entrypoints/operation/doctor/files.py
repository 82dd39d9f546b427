"""The store of files: does it take, give and forget?"""

import asyncio
from collections.abc import AsyncIterator
from typing import Final

from headway.entrypoints.operation.doctor.findings import Finding, failure, well
from headway.entrypoints.operation.files import objects_of
from headway.platform.clock import Clock
from headway.platform.failure import Failure
from headway.platform.ids import new_id
from headway.platform.objects import ObjectStore
from headway.platform.problems import Unavailable
from headway.settings import Settings

PROBE: Final = b"headway doctor"


def check_files(settings: Settings, _clock: Clock) -> list[Finding]:
    """One file there and back."""
    if not settings.data_dir.is_dir():  # another check says so, and this one would make it
        return []
    place = settings.objects_url.partition("?")[0]
    advice = "See HEADWAY_OBJECTS_URL: is the place right, and may Headway write, read, list and delete there?"
    try:
        came_back = asyncio.run(_there_and_back(objects_of(settings)))
    except (Unavailable, Failure, OSError) as error:
        return [failure("files", f"{place}: {error.__cause__ or error}", advice)]
    if not came_back:
        return [failure("files", f"{place} gives back other bytes than it took", advice)]
    return [well("files", f"{place} takes, gives and deletes")]


async def _there_and_back(store: ObjectStore) -> bool:
    key = f"doctor/{new_id()}"
    await store.put(key, _pieces(), limit=len(PROBE))
    try:
        return b"".join([piece async for piece in store.read(key)]) == PROBE
    finally:
        await store.delete(key)


async def _pieces() -> AsyncIterator[bytes]:
    yield PROBE
