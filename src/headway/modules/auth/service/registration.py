"""Who may register, and how."""

import hashlib
import hmac
from zoneinfo import available_timezones

from headway.changes.work import Work
from headway.modules.auth.actions import registration, sessions
from headway.modules.auth.actions.registration import Newcomer
from headway.modules.auth.contracts import Language
from headway.modules.auth.contracts.messages import NewAccount
from headway.modules.auth.domain import addresses, passwords
from headway.modules.auth.domain.keys import Keys
from headway.modules.auth.domain.origin import is_loopback
from headway.modules.auth.service.hasher import Hasher
from headway.modules.auth.service.sign_in import SignIn
from headway.modules.auth.service.streams import Streams
from headway.modules.auth.store.accounts import AccountRow
from headway.modules.auth.store.directory import ADMINISTRATORS, AddressRow
from headway.modules.auth.store.schema import INSTANCE, account_stream
from headway.modules.auth.store.sessions import SessionRow
from headway.platform.faults import Faults
from headway.platform.ids import new_id
from headway.platform.problems import Conflict, Invalid
from headway.platform.web.routes import Asked, Reply


class Registration:
    """Makes accounts."""

    def __init__(
        self, streams: Streams, keys: Keys, hasher: Hasher, sign_in: SignIn, public_url: str, faults: Faults
    ) -> None:
        self._streams = streams
        self._keys = keys
        self._hasher = hasher
        self._sign_in = sign_in
        self._loopback = is_loopback(public_url)
        self._faults = faults

    async def register(self, asked: Asked, body: NewAccount) -> Reply:
        """Make an account and sign in. A repeat with the same `id` or Idempotency-Key completes what was begun."""
        newcomer = await self._newcomer(asked, body)
        address = await self._streams.change(INSTANCE, None, lambda work: self._reserve(work, newcomer))
        self._faults("saga.address_reserved")
        session = await self._make_account(asked, body, newcomer, address.user_id)
        self._faults("saga.account_made")
        await self._streams.change(INSTANCE, session.user_id, lambda work: registration.settle(work, session.user_id))
        return await self._sign_in.reply(session, status=201)

    async def _newcomer(self, asked: Asked, body: NewAccount) -> Newcomer:
        email = addresses.check(body.email)
        password = passwords.check(body.password, email)
        if body.time_zone is not None and body.time_zone not in available_timezones():
            raise Invalid.field("time_zone", "unknown_zone", "is not a time zone of the IANA database")
        known_by = asked.headers.get("idempotency-key") or body.id or new_id()
        return Newcomer(
            user_id=body.id or new_id(),
            email=email,
            password_hash=await self._hasher.hash(password),
            name=body.name or email.partition("@")[0][:100],
            language=body.language or language_of(asked),
            time_zone=body.time_zone or "UTC",
            request=hmac.digest(self._keys.requests, known_by.encode(), hashlib.sha256).hex(),
        )

    async def _reserve(self, work: Work, newcomer: Newcomer) -> AddressRow:
        first = self._loopback and not await work.tx.rows(ADMINISTRATORS)
        return await registration.reserve(work, newcomer.email, newcomer.user_id, newcomer.request, claims_admin=first)

    async def _make_account(self, asked: Asked, body: NewAccount, newcomer: Newcomer, user_id: str) -> SessionRow:
        reserved = Newcomer(
            user_id,
            newcomer.email,
            newcomer.password_hash,
            newcomer.name,
            newcomer.language,
            newcomer.time_zone,
            newcomer.request,
        )

        async def act(work: Work) -> tuple[AccountRow, SessionRow | None]:
            account = await registration.make_account(work, reserved)
            if account.password_hash != reserved.password_hash:
                return account, None
            return account, await sessions.begin(work, asked.address, asked.headers.get("user-agent", ""))

        account, session = await self._streams.change(account_stream(user_id), user_id, act)
        if session is not None:
            return session
        if not await self._hasher.verify(account.password_hash, body.password):
            raise Conflict("address_taken", "There is an account with this email address already.")
        return await self._sign_in.begin(asked, account)


def language_of(asked: Asked) -> Language:
    """The language that a browser prefers, of those that there are (RFC 9110, 12.5.4; weights are not weighed)."""
    for part in asked.headers.get("accept-language", "").split(","):
        tag = part.strip()[:2].lower()
        if tag == "de":
            return "de"
        if tag == "en":
            return "en"
    return "en"
