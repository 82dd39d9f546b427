"""The picture of a person is set, replaced and taken away. Its files follow by jobs: a crash leaves none behind."""

from typing import ClassVar, Final

import msgspec

from headway.changes.work import Work
from headway.modules.auth.contracts import Account
from headway.modules.users.actions.profiles import ensure_profile
from headway.modules.users.store.profiles import PROFILE, ProfileRow
from headway.platform.jobs import enqueue

EDGE: Final = 256


class MakeAvatar(msgspec.Struct, frozen=True):
    """An upload waits to be made into a picture."""

    JOB: ClassVar[str] = "users.make_avatar"
    user_id: str
    avatar: str


class ForgetAvatar(msgspec.Struct, frozen=True):
    """A picture is shown no more: its files may go."""

    JOB: ClassVar[str] = "users.forget_avatar"
    user_id: str
    avatar: str


def upload_key(user_id: str, avatar: str) -> str:
    """Where an upload waits."""
    return f"avatars/{user_id}/{avatar}.upload"


def picture_key(user_id: str, avatar: str) -> str:
    """Where the picture that is shown is kept."""
    return f"avatars/{user_id}/{avatar}.webp"


async def request_avatar(work: Work, user_id: str, avatar: str) -> None:
    """An upload has been stored: let it be made into a picture."""
    await enqueue(work.tx, MakeAvatar.JOB, MakeAvatar(user_id, avatar), work.now)


async def show_avatar(work: Work, account: Account, avatar: str) -> None:
    """The picture is there: show it from now on, and let the former one go; not when a later one was quicker."""
    row = await ensure_profile(work, account)
    if row.avatar is not None and row.avatar > avatar:  # ids are in the order of time
        await enqueue(work.tx, ForgetAvatar.JOB, ForgetAvatar(row.id, avatar), work.now)
    else:
        await _replace(work, row, avatar)


async def remove_avatar(work: Work, account: Account, _body: None) -> None:
    """Take one's picture away. Fine also when there is none."""
    await _replace(work, await ensure_profile(work, account), None)


async def _replace(work: Work, row: ProfileRow, avatar: str | None) -> None:
    if row.avatar is not None and row.avatar != avatar:
        await enqueue(work.tx, ForgetAvatar.JOB, ForgetAvatar(row.id, row.avatar), work.now)
    await work.update(PROFILE, row, avatar=avatar)
