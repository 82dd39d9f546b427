"""What whoever holds the data folder may do to accounts, without being signed in: the command line."""

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from typing import Final, TypeVar

from headway.changes.contracts import Stream
from headway.changes.work import Work
from headway.modules.auth.actions import addresses as directory
from headway.modules.auth.actions import administration, tokens
from headway.modules.auth.actions.handed_links import HandedLinks
from headway.modules.auth.actions.own import Own
from headway.modules.auth.actions.registration import Newcomer, make_account
from headway.modules.auth.contracts.administration import HandedLink, ManagedPerson
from headway.modules.auth.contracts.messages import MadeToken, NewToken, Token
from headway.modules.auth.domain import addresses, passwords
from headway.modules.auth.queries.accounts import account_by_email, with_roles
from headway.modules.auth.service.passwords import Passwords
from headway.modules.auth.service.streams import Streams
from headway.modules.auth.store.accounts import ACCOUNT_BY_ID, PEOPLE, AccountRow
from headway.modules.auth.store.schema import INSTANCE, account_stream
from headway.modules.auth.store.tokens import TOKENS_OF
from headway.modules.auth.views import managed_view, token_view
from headway.platform.actor import TokenScope
from headway.platform.ids import NIL_ID, is_id, new_id
from headway.platform.problems import NotFound

T = TypeVar("T")

PAGE: Final = 500
_OPERATOR: Final = administration.Administrator(NIL_ID)


class Operator:
    """Adds, lists, suspends and promotes people, and makes tokens. `who` is an address or an id; NotFound."""

    def __init__(self, streams: Streams, passwords: Passwords, links: HandedLinks) -> None:
        self._streams = streams
        self._passwords = passwords
        self._links = links

    async def add(self, email: str, name: str | None, password: str | None, *, is_admin: bool) -> ManagedPerson:
        """Make an account, whatever the registration is. Without a password, `reset_link` lets the person choose one.

        Invalid for an address or a password that cannot be; Conflict when the address is somebody's.
        """
        newcomer = await self._newcomer(email, name, password)

        async def reserve(work: Work) -> str:
            reserved = await directory.reserve(work, newcomer.email, newcomer.user_id, newcomer.request)
            return reserved.user_id

        user_id = await self._change(INSTANCE, reserve)
        await self._change(account_stream(user_id), lambda work: make_account(work, replace(newcomer, user_id=user_id)))

        async def settle(work: Work) -> None:
            await directory.settle(work, user_id)
            if is_admin:
                await administration.make_administrator(work, _OPERATOR, None, user_id=user_id)

        await self._change(INSTANCE, settle)
        return await self.find(user_id)

    async def people(self) -> list[ManagedPerson]:
        """Everybody with an account that was not erased."""
        found: list[ManagedPerson] = []
        reader = self._streams.database.reader
        states = ["active", "suspended"]
        after = NIL_ID
        while rows := await reader.rows(PEOPLE, after=after, states=states, pattern="%", limit=PAGE):
            found.extend(managed_view(account) for account in await with_roles(reader, rows))
            after = rows[-1].id
        return found

    async def find(self, who: str) -> ManagedPerson:
        """Somebody as administrators see them."""
        [account] = await with_roles(self._streams.database.reader, [await self._account(who)])
        return managed_view(account)

    async def suspend(self, who: str) -> ManagedPerson:
        """Suspend somebody: no sign-in, no token, all sessions end. Conflict for an administrator."""
        return await self._of_person(who, administration.suspend)

    async def reinstate(self, who: str) -> ManagedPerson:
        """Let somebody who was suspended sign in again."""
        return await self._of_person(who, administration.reinstate)

    async def make_admin(self, who: str) -> ManagedPerson:
        """Let somebody run this installation. Conflict unless the account is active."""
        account = await self._account(who)
        await self._change(
            INSTANCE, lambda work: administration.make_administrator(work, _OPERATOR, None, user_id=account.id)
        )
        return await self.find(account.id)

    async def unmake_admin(self, who: str) -> ManagedPerson:
        """Take the role of administrator away. Conflict for the last one."""
        account = await self._account(who)
        await self._change(
            INSTANCE, lambda work: administration.unmake_administrator(work, _OPERATOR, None, user_id=account.id)
        )
        return await self.find(account.id)

    async def reset_link(self, who: str) -> HandedLink:
        """A link with which somebody can set the password anew. Conflict while the account is suspended."""
        account = await self._account(who)
        return await self._change(
            account_stream(account.id), lambda work: self._links.reset(work, _OPERATOR, None, user_id=account.id)
        )

    async def make_token(self, who: str, name: str, scopes: list[TokenScope], expires_at: datetime | None) -> MadeToken:
        """Make a personal API token for somebody; it is shown this once."""
        account = await self._account(who)
        wanted = NewToken(name=name, scopes=scopes, expires_at=expires_at)
        return await self._change(
            account_stream(account.id), lambda work: tokens.make_token(work, Own(account, None), wanted)
        )

    async def tokens(self, who: str) -> list[Token]:
        """Somebody's tokens, without what proves them, oldest first."""
        account = await self._account(who)
        rows = await self._streams.database.reader.rows(TOKENS_OF, user_id=account.id)
        return [token_view(row) for row in sorted(rows, key=lambda row: row.created_at)]

    async def revoke_token(self, who: str, token_id: str) -> None:
        """Revoke a token: it stops working within a second."""
        account = await self._account(who)
        await self._change(
            account_stream(account.id),
            lambda work: tokens.revoke_token(work, Own(account, None), None, token_id=token_id),
        )

    async def _newcomer(self, email: str, name: str | None, password: str | None) -> Newcomer:
        address = addresses.check(email)
        chosen = secrets.token_urlsafe(32) if password is None else passwords.check(password, address)
        return Newcomer(
            user_id=new_id(),
            email=address,
            password_hash=await self._passwords.hash(chosen),
            name=name or address.partition("@")[0][:100],
            language="en",
            time_zone="UTC",
            request=secrets.token_hex(32),
        )

    async def _account(self, who: str) -> AccountRow:
        reader = self._streams.database.reader
        if is_id(who):
            row = await reader.row(ACCOUNT_BY_ID, id=who)
        else:
            row = await account_by_email(reader, who)
        if row is None or row.state == "erased":
            raise NotFound("person")
        return row

    async def _of_person(self, who: str, action: Callable[..., Awaitable[None]]) -> ManagedPerson:
        account = await self._account(who)
        await self._change(account_stream(account.id), lambda work: action(work, _OPERATOR, None, user_id=account.id))
        return await self.find(account.id)

    async def _change(self, stream: Stream, action: Callable[[Work], Awaitable[T]]) -> T:
        return await self._streams.change(stream, None, action)
