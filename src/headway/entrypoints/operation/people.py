"""Commands about people and their tokens, as an operator gives them."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Final, Literal

import msgspec

from headway.entrypoints.operation.command import Command, Operation
from headway.entrypoints.operation.socket import Nothing
from headway.modules.auth.contracts.administration import HandedLink, ManagedPerson
from headway.modules.auth.contracts.messages import MadeToken, Token
from headway.platform.actor import TokenScope

Change = Literal["suspend", "reinstate", "make_admin", "unmake_admin"]


class AddPerson(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An account to make; without a password, the answer has a link to choose one."""

    email: str
    name: str | None
    password: str | None
    is_admin: bool


class Added(msgspec.Struct, frozen=True):
    """A new account; `link` lets the person choose a password, None when one was given."""

    person: ManagedPerson
    link: str | None


class Who(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody, by address or id."""

    who: str


class ChangePerson(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What to do to somebody."""

    who: str
    change: Change


class MakeToken(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A token to make; `days` until it expires, None for never."""

    who: str
    name: str
    scopes: list[TokenScope]
    days: int | None


class RevokeToken(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A token to revoke."""

    who: str
    token_id: str


class Done(msgspec.Struct, frozen=True):
    """Nothing more to say."""


async def _add(operation: Operation, asked: AddPerson) -> Added:
    operator = operation.monolith.operator
    person = await operator.add(asked.email, asked.name, asked.password, is_admin=asked.is_admin)
    link = None if asked.password is not None else (await operator.reset_link(person.id)).link
    return Added(person, link)


async def _list(operation: Operation, _nothing: object) -> list[ManagedPerson]:
    return await operation.monolith.operator.people()


async def _change(operation: Operation, asked: ChangePerson) -> ManagedPerson:
    operator = operation.monolith.operator
    changes: Mapping[Change, Callable[[str], Awaitable[ManagedPerson]]] = {
        "suspend": operator.suspend,
        "reinstate": operator.reinstate,
        "make_admin": operator.make_admin,
        "unmake_admin": operator.unmake_admin,
    }
    return await changes[asked.change](asked.who)


async def _reset_link(operation: Operation, asked: Who) -> HandedLink:
    return await operation.monolith.operator.reset_link(asked.who)


async def _make_token(operation: Operation, asked: MakeToken) -> MadeToken:
    now = operation.monolith.clock.now()
    expires_at: datetime | None = None if asked.days is None else now + timedelta(days=asked.days)
    return await operation.monolith.operator.make_token(asked.who, asked.name, asked.scopes, expires_at)


async def _tokens(operation: Operation, asked: Who) -> list[Token]:
    return await operation.monolith.operator.tokens(asked.who)


async def _revoke_token(operation: Operation, asked: RevokeToken) -> Done:
    await operation.monolith.operator.revoke_token(asked.who, asked.token_id)
    return Done()


PEOPLE: Final[Mapping[str, Command]] = {
    "user add": Command(AddPerson, _add),
    "user list": Command(Nothing, _list),
    "user change": Command(ChangePerson, _change),
    "user reset-link": Command(Who, _reset_link),
    "token create": Command(MakeToken, _make_token),
    "token list": Command(Who, _tokens),
    "token revoke": Command(RevokeToken, _revoke_token),
}
