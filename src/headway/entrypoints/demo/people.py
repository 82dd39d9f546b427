"""The people: account, address, profile, and a personal workspace with its Inbox for each."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Final

from headway.changes.contracts import Stream
from headway.entrypoints.demo.fresh import fresh_project
from headway.entrypoints.demo.ledger import Ids, Ledger
from headway.entrypoints.demo.words import FAMILY, GIVEN, ZONES
from headway.modules.auth.contracts import Language
from headway.modules.auth.domain.addresses import key as address_key
from headway.modules.auth.store.accounts import ACCOUNT, AccountRow, search_text
from headway.modules.auth.store.directory import ADDRESS, ADMINISTRATOR, AddressRow, AdministratorRow
from headway.modules.auth.store.schema import INSTANCE, account_stream
from headway.modules.tasks.domain import defaults
from headway.modules.tasks.domain.position import spread
from headway.modules.tasks.store.projects import PROJECT, STATUS, ProjectRow, StatusRow
from headway.modules.tasks.store.workspaces import MEMBER, WORKSPACE, MemberRow, WorkspaceRow, stream_of
from headway.modules.users.store.profiles import PROFILE, ProfileRow, profile_stream

POSITIONS: Final = spread(None, None, len(defaults.STATUSES))


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody, as the rest of the story needs to know them."""

    id: str
    name: str
    email: str
    language: Language
    zone: str
    joined: datetime


def invent_people(count: int, chance: Random, ids: Ids, now: datetime) -> list[Person]:
    """So many people with names and addresses of their own."""
    people = []
    for number in range(count):
        given, family = chance.choice(GIVEN), chance.choice(FAMILY)
        joined = now - timedelta(days=chance.uniform(400, 500))
        language: Language = "de" if chance.random() < 0.25 else "en"
        zone = chance.choice(ZONES)
        if number == 0:  # whom a newcomer signs in as; the story's days are those of UTC
            language, zone = "en", "Europe/London"
        email = f"{_plain(given)}.{_plain(family)}{number}@demo.example"
        people.append(Person(ids.at(joined), f"{given} {family}", email, language, zone, joined))
    return people


def directory(people: list[Person], ids: Ids) -> Ledger:
    """The instance's stream: whose address is whose, and that the first person runs it."""
    ledger = Ledger(INSTANCE, ids)
    for person in people:
        row = AddressRow(ids.at(person.joined), address_key(person.email), person.id, "taken", "", False, None, 1)
        ledger.insert(ADDRESS, row, person.joined, person.id)
    first = people[0]
    ledger.insert(ADMINISTRATOR, AdministratorRow(first.id, first.joined, 1), first.joined, first.id)
    return ledger


def ledgers_of(person: Person, password_hash: str, ids: Ids) -> list[Ledger]:
    """A person's own streams: account, profile and personal workspace."""
    at = person.joined
    account = Ledger(account_stream(person.id), ids)
    found = search_text(person.name, person.email)
    account.insert(
        ACCOUNT,
        AccountRow(
            *(person.id, person.email, password_hash, "active", person.name, person.language, person.zone),
            *(found, at, at, at, 1),
        ),
        at,
        person.id,
    )
    profile = Ledger(profile_stream(person.id), ids)
    profile.insert(
        PROFILE,
        ProfileRow(person.id, person.name, person.language, person.zone, 1, "system", {}, None, at, at, 1),
        at,
        person.id,
    )
    return [account, profile, _personal_workspace(person, ids)]


def _personal_workspace(person: Person, ids: Ids) -> Ledger:
    at = person.joined
    ledger = Ledger(stream_of(person.id), ids)
    name = defaults.PERSONAL_NAME
    ledger.insert(
        WORKSPACE, WorkspaceRow(person.id, name, "personal", "personal", person.id, at, at, None, 1), at, person.id
    )
    ledger.insert(MEMBER, MemberRow(person.id, person.id, "owner", at, 1), at, person.id)
    inbox = fresh_project(
        *(person.id, ids.at(at), at, person.id),
        key=defaults.INBOX_KEY,
        name=defaults.INBOX_NAME,
        color="gray",
        position="a0",
        kind="inbox",
    )
    ledger.insert(PROJECT, inbox, at, person.id, last_number=0)
    add_statuses(ledger, inbox, ids, at, person.id)
    return ledger


def add_statuses(ledger: Ledger, project: ProjectRow, ids: Ids, at: datetime, actor: str) -> None:
    """The five statuses that a project begins with."""
    for status, position in zip(defaults.STATUSES, POSITIONS, strict=True):
        row = StatusRow(
            project.workspace_id, project.id, ids.at(at), status.category, status.name, status.category, position, 1
        )
        ledger.insert(STATUS, row, at, actor)


def access_stream(user_id: str) -> Stream:
    """The stream that tells somebody what they may see."""
    return Stream("access", user_id)


def _plain(name: str) -> str:
    return "".join(each for each in unicodedata.normalize("NFKD", name).lower() if each.isascii() and each.isalpha())
