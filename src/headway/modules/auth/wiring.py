"""Puts auth together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from headway.changes.feed import Feed
from headway.changes.module import Module
from headway.modules.auth.actions.administration import SettingsActions
from headway.modules.auth.actions.handed_links import HandedLinks
from headway.modules.auth.actions.second_factor import SecondFactorActions
from headway.modules.auth.consumers import consumers
from headway.modules.auth.contracts import (
    AccountRecords,
    Accounts,
    Admission,
    Authenticator,
    Mailer,
    RegistrationMode,
)
from headway.modules.auth.contracts.erasure import Erasure, ErasureGuard
from headway.modules.auth.contracts.origin import is_loopback
from headway.modules.auth.domain.keys import Keys
from headway.modules.auth.domain.public_links import PublicLinks
from headway.modules.auth.http import UseCases, routes
from headway.modules.auth.jobs import job_types, schedules
from headway.modules.auth.queries.accounts import AccountsInTables
from headway.modules.auth.queries.administration import AdministrationQueries
from headway.modules.auth.queries.own import OwnQueries
from headway.modules.auth.queries.records import RecordsInTables
from headway.modules.auth.service.address_change import AddressRoutes
from headway.modules.auth.service.authenticator import CredentialAuthenticator
from headway.modules.auth.service.confirmation import Confirmation
from headway.modules.auth.service.cookies import Cookies
from headway.modules.auth.service.erasure import AccountErasure
from headway.modules.auth.service.first_admin import FirstAdministrator
from headway.modules.auth.service.hasher import Hasher
from headway.modules.auth.service.mail import AuthMail
from headway.modules.auth.service.once import Once
from headway.modules.auth.service.operator import Operator
from headway.modules.auth.service.password_change import PasswordRoutes
from headway.modules.auth.service.passwords import Passwords
from headway.modules.auth.service.registration import Door, Registration
from headway.modules.auth.service.second_factor import SecondFactorRoutes
from headway.modules.auth.service.sign_in import SignIn
from headway.modules.auth.service.signing_key import SigningKey
from headway.modules.auth.service.streams import Streams
from headway.modules.auth.service.throttle import DEFAULT_LIMIT, FailureLimit, Throttle
from headway.modules.auth.service.tokens import TokenRoutes
from headway.modules.auth.store.schema import metadata
from headway.platform.clock import Clock
from headway.platform.db.port import Database
from headway.platform.faults import Faults, no_faults
from headway.platform.moving_window import Windows, own_windows

__all__ = ["Auth", "AuthOptions", "FailureLimit", "FirstAdministrator", "Operator", "SigningKey", "build", "metadata"]


@dataclass(frozen=True)
class Auth:
    """The module and what others are given of it."""

    module: Module
    authenticator: Authenticator
    accounts: Accounts
    erasure: Erasure
    records: AccountRecords
    first_administrator: FirstAdministrator
    operator: Operator


@dataclass(frozen=True, kw_only=True)
class AuthOptions:
    """Settings of auth.

    `registration` holds until administrators decide; None: open where only this machine can reach the public URL, else
    by invitation. `first_may_claim`: whoever registers first becomes the administrator; None: where only this machine
    can reach the public URL. `failures` bounds wrong passwords and codes; None for measuring only.
    `max_upload_bytes` and `max_avatar_bytes` are only told to clients.
    """

    registration: RegistrationMode | None = None
    first_may_claim: bool | None = None
    session_days: int = 30
    hashes_at_once: int = 2
    failures: FailureLimit | None = DEFAULT_LIMIT
    max_upload_bytes: int = 25 << 20
    max_avatar_bytes: int = 5 << 20


DEFAULTS: Final = AuthOptions()


def build(  # noqa: PLR0913 - a composition root names all that it puts together
    database: Database,
    clock: Clock,
    feed: Feed,
    *,
    public_url: str,
    secret: bytes,
    options: AuthOptions = DEFAULTS,
    mailer: Mailer | None = None,
    admissions: Sequence[Admission] = (),
    erasure_guards: Sequence[ErasureGuard] = (),
    windows: Windows = own_windows,
    faults: Faults = no_faults,
) -> Auth:
    """Auth on that database. `secret`: at least 32 random bytes that the installation keeps.

    `admissions` are invitations of other modules that let somebody register; `erasure_guards` have a say before one
    leaves. Without a `mailer` mail waits in the queue. `windows` count failures.
    """
    keys, streams, public = Keys(secret), Streams(database, clock), PublicLinks(public_url)
    once = Once(streams, keys.requests)
    passwords = Passwords(Hasher(options.hashes_at_once), Throttle(options.failures, windows))
    confirmation = Confirmation(streams, once, passwords, keys)
    cookies = Cookies(public_url, timedelta(days=options.session_days))
    sign_in = SignIn(streams, keys, passwords, cookies, public_url)
    settings = SettingsActions(options.registration or ("open" if is_loopback(public_url) else "invitation"))
    door = _door(settings, public_url, options, admissions)
    authenticator = CredentialAuthenticator(database, clock, keys.access)
    authenticator.attach(feed)
    handed_links = HandedLinks(public, keys.links)
    use_cases = UseCases(
        door=door,
        registration=Registration(streams, keys.requests, passwords, sign_in, door, faults),
        sign_in=sign_in,
        passwords=PasswordRoutes(streams, once, passwords, confirmation),
        addresses=AddressRoutes(streams, once, confirmation),
        second_factor=SecondFactorRoutes(once, confirmation, SecondFactorActions(keys)),
        tokens=TokenRoutes(once, confirmation),
        own=OwnQueries(clock),
        settings=settings,
        handed_links=handed_links,
        administration=AdministrationQueries(clock),
    )
    module = Module(
        name="auth",
        metadata=metadata,
        routes=routes(use_cases),
        consumers=consumers(database, faults),
        background=(authenticator.follow_revocations,),
        jobs=job_types(authenticator.sweep, None if mailer is None else AuthMail(streams, mailer, public, keys.links)),
        schedules=schedules(),
    )
    return Auth(
        module,
        authenticator,
        AccountsInTables(),
        AccountErasure(streams, confirmation, cookies, erasure_guards),
        RecordsInTables(),
        FirstAdministrator(streams, door, public, keys.links),
        Operator(streams, passwords, handed_links),
    )


def _door(settings: SettingsActions, public_url: str, options: AuthOptions, admissions: Sequence[Admission]) -> Door:
    may_claim = is_loopback(public_url) if options.first_may_claim is None else options.first_may_claim
    return Door(
        settings=settings,
        public_url=public_url,
        first_may_claim=may_claim,
        max_upload_bytes=options.max_upload_bytes,
        max_avatar_bytes=options.max_avatar_bytes,
        admissions=tuple(admissions),
    )
