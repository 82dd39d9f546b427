"""Puts users together."""

from dataclasses import dataclass

from headway.changes.module import Module
from headway.modules.auth.contracts import Accounts
from headway.modules.users.actions.profiles import EnterProfile
from headway.modules.users.contracts import Acquaintances, People
from headway.modules.users.http import routes
from headway.modules.users.queries.profiles import PeopleInTables, ReadProfiles
from headway.modules.users.store.profiles import metadata

__all__ = ["Users", "build", "metadata"]


@dataclass(frozen=True)
class Users:
    """The module and what others are given of it."""

    module: Module
    people: People


def build(accounts: Accounts, acquaintances: Acquaintances) -> Users:
    """Users beside those accounts."""
    people = PeopleInTables(accounts)
    read = ReadProfiles(accounts, people, acquaintances)
    module = Module(name="users", metadata=metadata, routes=routes(read, EnterProfile(accounts)))
    return Users(module, people)
