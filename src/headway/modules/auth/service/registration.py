"""Who may register, and how: a saga over two streams.

The address is reserved in the directory, the account is made in its own stream, the address is settled. The last step
is also done from the log, should the process die before it.
"""

import hashlib
import hmac
from dataclasses import dataclass, replace

from headway.changes.work import Work
from headway.modules.auth.actions import addresses as directory
from headway.modules.auth.actions.administration import SettingsActions
from headway.modules.auth.actions.invitations import open_invitation
from headway.modules.auth.actions.registration import Newcomer, make_account
from headway.modules.auth.contracts import Admission
from headway.modules.auth.contracts.administration import InstanceInfo
from headway.modules.auth.contracts.messages import NewAccount
from headway.modules.auth.contracts.origin import check_same_origin, is_of_this_machine
from headway.modules.auth.domain import addresses, passwords
from headway.modules.auth.service.languages import language_of
from headway.modules.auth.service.passwords import Passwords
from headway.modules.auth.service.sign_in import SignIn
from headway.modules.auth.service.streams import Streams
from headway.modules.auth.store.accounts import AccountRow
from headway.modules.auth.store.directory import ADMINISTRATORS, AddressRow
from headway.modules.auth.store.instance import INVITATION
from headway.modules.auth.store.schema import INSTANCE, account_stream
from headway.modules.auth.store.sessions import SessionRow
from headway.platform.actor import Actor
from headway.platform.db.port import Reader
from headway.platform.faults import Faults
from headway.platform.ids import new_id
from headway.platform.problems import Conflict, Forbidden, Invalid
from headway.platform.time_zones import zone_names
from headway.platform.web.routes import Asked, Reply


@dataclass(frozen=True, kw_only=True)
class Door:
    """Who is let in: the settings and other modules' invitations.

    `first_may_claim`: whoever registers first becomes the administrator, which is for where nobody else can come.
    """

    settings: SettingsActions
    public_url: str
    first_may_claim: bool
    max_upload_bytes: int
    max_avatar_bytes: int
    admissions: tuple[Admission, ...] = ()

    async def look(self, reader: Reader, _actor: Actor, _query: None) -> InstanceInfo:
        """What this installation is called, who may register on it, and what it takes."""
        settings = await self.settings.read(reader)
        claimable = await self.is_claimable(reader)
        return InstanceInfo(
            settings.name, settings.registration, claimable, self.max_upload_bytes, self.max_avatar_bytes
        )

    async def is_claimable(self, reader: Reader) -> bool:
        """Whether whoever registers first becomes the administrator."""
        return self.first_may_claim and not await reader.rows(ADMINISTRATORS)

    async def admit(self, work: Work, newcomer: Newcomer, invitation: str | None, *, is_local: bool) -> bool:
        """Let somebody in, and say whether as the first administrator; Forbidden."""
        if is_local and await self.is_claimable(work.tx):
            return True
        row = None if invitation is None else await open_invitation(work, invitation, newcomer.email)
        founder = row is not None and row.role == "administrator"
        registration = (await self.settings.read(work.tx)).registration
        if registration == "closed" and not founder:
            raise Forbidden("registration_closed", "New accounts are not taken here.")
        if row is not None:
            await work.update(INVITATION, row, used_by=newcomer.user_id)
        elif registration != "open" and not await self._is_invited(work.tx, newcomer.email, invitation):
            raise _uninvited(invitation)
        return founder

    async def _is_invited(self, reader: Reader, email: str, invitation: str | None) -> bool:
        if invitation is None:
            return False
        for admission in self.admissions:
            if await admission.admits(reader, invitation, email):
                return True
        return False


def _uninvited(invitation: str | None) -> Forbidden:
    if invitation is None:
        return Forbidden("invitation_required", "An invitation is needed to register here.")
    return Forbidden("invitation_invalid", "This invitation has been used or withdrawn, or has expired.")


class Registration:
    """Makes accounts."""

    def __init__(
        self, streams: Streams, request_key: bytes, passwords: Passwords, sign_in: SignIn, door: Door, faults: Faults
    ) -> None:
        self._streams = streams
        self._request_key = request_key
        self._passwords = passwords
        self._sign_in = sign_in
        self._door = door
        self._faults = faults

    async def register(self, asked: Asked, body: NewAccount) -> Reply:
        """Make an account and sign in. A repeat with the same `id` or Idempotency-Key completes what was begun."""
        check_same_origin("POST", asked.headers, self._door.public_url)
        newcomer = await self._newcomer(asked, body)
        address = await self._streams.change(
            INSTANCE, None, lambda work: self._reserve(work, asked, newcomer, body.invitation)
        )
        self._faults("saga.address_reserved")
        session = await self._make_account(asked, body, replace(newcomer, user_id=address.user_id))
        self._faults("saga.account_made")
        await self._streams.change(INSTANCE, session.user_id, lambda work: directory.settle(work, session.user_id))
        return await self._sign_in.reply(session, session.generation, status=201)

    async def _newcomer(self, asked: Asked, body: NewAccount) -> Newcomer:
        email = addresses.check(body.email)
        password = passwords.check(body.password, email)
        if body.time_zone is not None and body.time_zone not in zone_names():
            raise Invalid.field("time_zone", "unknown_zone", "is not a time zone of the IANA database")
        known_by = asked.headers.get("idempotency-key") or body.id or new_id()
        return Newcomer(
            user_id=body.id or new_id(),
            email=email,
            password_hash=await self._passwords.hash(password),
            name=body.name or email.partition("@")[0][:100],
            language=body.language or language_of(asked),
            time_zone=body.time_zone or "UTC",
            request=hmac.digest(self._request_key, known_by.encode(), hashlib.sha256).hex(),
        )

    async def _reserve(self, work: Work, asked: Asked, newcomer: Newcomer, invitation: str | None) -> AddressRow:
        begun = await directory.reserved_by(work, newcomer.email, newcomer.request)
        if begun is not None:
            return begun
        is_local = is_of_this_machine(asked.headers)
        first = await self._door.admit(work, newcomer, invitation, is_local=is_local)
        return await directory.reserve(work, newcomer.email, newcomer.user_id, newcomer.request, claims_admin=first)

    async def _make_account(self, asked: Asked, body: NewAccount, newcomer: Newcomer) -> SessionRow:
        async def act(work: Work) -> tuple[AccountRow, SessionRow | None]:
            account = await make_account(work, newcomer)
            if account.password_hash != newcomer.password_hash:
                return account, None
            return account, await self._sign_in.new_session(work, asked)

        account, session = await self._streams.change(account_stream(newcomer.user_id), newcomer.user_id, act)
        if session is not None:
            return session
        async with self._passwords.attempt(addresses.key(account.email), asked.address) as attempt:
            if not await self._passwords.is_right(account, body.password):
                raise Conflict("address_taken", "There is an account with this email address already.")
            attempt.unfinished()
        return await self._sign_in.begin_again(asked, account)
