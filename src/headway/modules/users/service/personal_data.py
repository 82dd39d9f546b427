"""What accounts and profiles contribute to a person's export."""

from collections.abc import AsyncIterator
from typing import Final

import msgspec

from headway.modules.auth.contracts import AccountRecords
from headway.modules.users.actions.avatars import picture_key
from headway.modules.users.contracts import PersonalFile
from headway.modules.users.store.profiles import PROFILE, PROFILE_BY_ID
from headway.platform.db.port import Reader
from headway.platform.objects import ObjectStore

_encode: Final = msgspec.json.Encoder().encode


class OwnData:
    """`PersonalData` of this module, with the account beside the profile."""

    def __init__(self, records: AccountRecords, objects: ObjectStore) -> None:
        self._records = records
        self._objects = objects

    async def files_of(self, reader: Reader, user_id: str) -> AsyncIterator[PersonalFile]:
        """The account with its sessions and tokens, the profile, the picture."""
        yield PersonalFile("account.json", _pretty(await self._records.of_person(reader, user_id)))
        row = await reader.row(PROFILE_BY_ID, id=user_id)
        if row is None:
            return
        yield PersonalFile("profile.json", _pretty({"id": row.id, **PROFILE.fields(row)}))
        if row.avatar is not None:
            key = picture_key(user_id, row.avatar)
            if await self._objects.size(key) is not None:
                yield PersonalFile("avatar.webp", self._objects.read(key))


def _pretty(value: object) -> bytes:
    return msgspec.json.format(_encode(value), indent=2)
