"""Pictures of people: uploaded, made small by a job, shown to those who know the person."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from typing import Final

from headway.changes.work import Work
from headway.modules.auth.contracts import Accounts
from headway.modules.users.actions.avatars import (
    EDGE,
    ForgetAvatar,
    MakeAvatar,
    picture_key,
    request_avatar,
    show_avatar,
    upload_key,
)
from headway.modules.users.contracts.messages import AvatarQuery
from headway.modules.users.queries.profiles import ReadProfiles
from headway.modules.users.store.profiles import PROFILE_BY_ID, profile_stream
from headway.platform import pictures
from headway.platform.clock import Clock
from headway.platform.db.port import Database, Transaction
from headway.platform.ids import new_id
from headway.platform.jobs import GiveUp, Running
from headway.platform.objects import ObjectStore
from headway.platform.pictures import BadPicture
from headway.platform.problems import Invalid, NotFound
from headway.platform.web.routes import Asked, Reply

AT_ONCE: Final = 2
"""Uploads that are decoded at the same time: each takes up to 160 MB."""
_HEADERS = {
    "cache-control": "private, max-age=31536000, immutable",
    "content-security-policy": "default-src 'none'; sandbox",
    "x-content-type-options": "nosniff",
}


class Avatars:
    """Takes pictures in and gives them out. What was uploaded is itself never shown to anybody."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        objects: ObjectStore,
        accounts: Accounts,
        read: ReadProfiles,
        limit: int,
    ) -> None:
        self._database = database
        self._clock = clock
        self._objects = objects
        self._accounts = accounts
        self._read = read
        self._limit = limit
        self._decoding = asyncio.Semaphore(AT_ONCE)

    async def upload(self, asked: Asked, _query: None) -> Reply:
        """Set one's picture: JPEG, PNG, WebP or GIF as the body. It is shown a moment later, once it is made."""
        user_id, avatar = asked.actor.id, new_id()
        key = upload_key(user_id, avatar)
        # Uploads that trickle in wait on the disk, not in memory.
        await self._objects.put(key, _in_pieces(asked.upload), self._limit)
        try:
            async with self._decoding:
                await asyncio.to_thread(pictures.check, await _whole(self._objects.read(key)))
        except BadPicture as bad:
            await self._objects.delete(key)
            raise Invalid.field("body", bad.code, str(bad)) from None
        await self._change(user_id, lambda work: request_avatar(work, user_id, avatar))
        return Reply(await self._read.me(self._database.reader, asked.actor, None), 202)

    async def show(self, asked: Asked, query: AvatarQuery, *, user_id: str) -> Reply:
        """The picture of somebody with whom one shares a workspace."""
        reader = self._database.reader
        await self._read.require_known(reader, asked.actor, user_id)
        row = await reader.row(PROFILE_BY_ID, id=user_id)
        if row is None or row.avatar is None or query.v not in {None, row.avatar}:
            raise NotFound("picture")
        key = picture_key(user_id, row.avatar)
        if await self._objects.size(key) is None:
            raise NotFound("picture")
        data = await _whole(self._objects.read(key))
        caching = {} if query.v is not None else {"cache-control": "private, no-cache"}
        headers = {**_HEADERS, **caching, "etag": f'"{row.avatar}"'}
        return Reply(data, headers=headers, media_type="image/webp")

    async def make(self, wanted: MakeAvatar, running: Running) -> None:
        """Make the picture out of the upload, then show it."""
        upload, picture = upload_key(wanted.user_id, wanted.avatar), picture_key(wanted.user_id, wanted.avatar)
        account = await self._accounts.by_id(self._database.reader, wanted.user_id)
        if await self._objects.size(upload) is None or account is None or account.state == "erased":
            await self._objects.delete(upload)
            return
        try:
            data = await asyncio.to_thread(pictures.square_webp, await _whole(self._objects.read(upload)), EDGE)
        except BadPicture as bad:
            await self._objects.delete(upload)
            raise GiveUp(str(bad)) from bad
        await self._objects.put(picture, _in_pieces(data), self._limit)
        await self._change(wanted.user_id, lambda work: show_avatar(work, account, wanted.avatar), running)
        await self._objects.delete(upload)

    async def forget(self, wanted: ForgetAvatar, _running: Running) -> None:
        """Delete the files of a picture that is shown no more."""
        await self._objects.delete(upload_key(wanted.user_id, wanted.avatar))
        await self._objects.delete(picture_key(wanted.user_id, wanted.avatar))

    async def sweep(self, _nothing: object, _running: Running) -> None:
        """Delete uploads of more than a day ago: nothing came of them."""
        long_ago = self._clock.now() - timedelta(days=1)
        for held in await self._objects.list("avatars/"):
            if held.key.endswith(".upload") and held.changed_at < long_ago:
                await self._objects.delete(held.key)

    async def _change(
        self, user_id: str, action: Callable[[Work], Awaitable[None]], running: Running | None = None
    ) -> None:
        async def act(tx: Transaction) -> None:
            work = Work(tx, profile_stream(user_id), user_id, self._clock.now())
            await action(work)
            await work.finish()
            if running is not None:
                await running.finish(tx)

        await self._database.write(act)


async def _whole(pieces: AsyncIterator[bytes]) -> bytes:
    return b"".join([piece async for piece in pieces])


async def _in_pieces(data: bytes | AsyncIterator[bytes] | None) -> AsyncIterator[bytes]:
    if isinstance(data, AsyncIterator):
        async for piece in data:
            yield piece
    else:
        yield data or b""
