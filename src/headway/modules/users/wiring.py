"""Puts users together."""

from collections.abc import Sequence
from dataclasses import dataclass

from headway.changes.module import Module
from headway.modules.auth.contracts import AccountRecords, Accounts
from headway.modules.auth.contracts.erasure import Erasure
from headway.modules.users.actions.profiles import ProfileActions
from headway.modules.users.consumers import consumers
from headway.modules.users.contracts import Acquaintances, People, PersonalData
from headway.modules.users.domain.avatar_urls import AvatarUrls
from headway.modules.users.http import avatar_routes, export_routes, profile_routes
from headway.modules.users.jobs import job_types, schedules
from headway.modules.users.queries.profiles import PeopleInTables, ReadProfiles
from headway.modules.users.queries.sync import ProfileSync
from headway.modules.users.service.avatars import Avatars
from headway.modules.users.service.exports import PersonalExports
from headway.modules.users.service.leaving import Leaving
from headway.modules.users.service.personal_data import OwnData
from headway.modules.users.store.profiles import PROFILE, metadata
from headway.modules.users.views import Views
from headway.platform.clock import Clock
from headway.platform.db.port import Database
from headway.platform.faults import Faults, no_faults
from headway.platform.objects import ObjectStore

__all__ = ["Surroundings", "Users", "build", "metadata"]


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What users needs of others. `personal_data` are what other modules contribute to a person's export."""

    accounts: Accounts
    erasure: Erasure
    records: AccountRecords
    acquaintances: Acquaintances
    objects: ObjectStore
    public_url: str
    personal_data: Sequence[PersonalData] = ()
    avatar_bytes: int = 5 * 1024 * 1024


@dataclass(frozen=True)
class Users:
    """The module and what others are given of it."""

    module: Module
    people: People


def build(database: Database, clock: Clock, around: Surroundings, faults: Faults = no_faults) -> Users:
    """Users on that database."""
    views = Views(AvatarUrls(around.public_url))
    people = PeopleInTables(around.accounts, views)
    read = ReadProfiles(around.accounts, people, around.acquaintances, views)
    actions = ProfileActions(around.accounts, views)
    avatars = Avatars(database, clock, around.objects, around.accounts, read, around.avatar_bytes)
    sources = [OwnData(around.records, around.objects), *around.personal_data]
    exports = PersonalExports(database, clock, around.objects, sources)
    module = Module(
        name="users",
        metadata=metadata,
        routes=(
            *profile_routes(read, actions, Leaving(around.erasure)),
            *avatar_routes(actions, avatars, around.avatar_bytes),
            *export_routes(actions, exports),
        ),
        consumers=consumers(around.accounts, database, faults),
        jobs=job_types(avatars, exports),
        schedules=schedules(),
        sync=ProfileSync(),
        kinds=(PROFILE,),
    )
    return Users(module, people)
