"""What other modules may know of users."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

import msgspec

from headway.modules.auth.contracts import Language
from headway.modules.users.domain.preferences import Preferences
from headway.platform.db.port import Reader

Theme = Literal["system", "light", "dark"]
ExportState = Literal["waiting", "ready", "failed"]


class Person(msgspec.Struct, frozen=True):
    """Somebody as those see them who share a workspace with them. `avatar_url` is a path on this host."""

    id: str
    name: str
    avatar_url: str | None


class Profile(msgspec.Struct, frozen=True):
    """A person's settings, for what other modules do on the person's behalf. `week_start`: 1 Monday to 7 Sunday."""

    id: str
    name: str
    language: Language
    time_zone: str
    week_start: int
    preferences: Preferences


class People(Protocol):
    """Looks people up, whoever asks: the caller has checked who may know."""

    async def by_ids(self, reader: Reader, user_ids: Sequence[str]) -> dict[str, Person]:
        """Names and avatars of those that exist, by id."""
        ...

    async def profile(self, reader: Reader, user_id: str) -> Profile | None:
        """One person's settings."""
        ...

    async def profiles(self, reader: Reader, user_ids: Sequence[str]) -> dict[str, Profile]:
        """The settings of those that exist, by id."""
        ...


class Acquaintances(Protocol):
    """Who knows whom: implemented by the module that keeps the workspaces."""

    async def knows(self, reader: Reader, actor: str, user_id: str) -> bool:
        """Whether both are in one workspace."""
        ...


@dataclass(frozen=True, slots=True)
class PersonalFile:
    """One file of an export: its path in the archive, and its content."""

    path: str
    content: bytes | AsyncIterator[bytes]


class PersonalData(Protocol):
    """What a module keeps of a person, for the person's own export."""

    def files_of(self, reader: Reader, user_id: str) -> AsyncIterator[PersonalFile]:
        """Everything that the person has written or that is about them, below a folder of the module's name."""
        ...
