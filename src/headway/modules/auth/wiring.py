"""Puts auth together."""

from dataclasses import dataclass

from headway.changes.feed import Feed
from headway.changes.module import Module
from headway.modules.auth.contracts import Accounts, Authenticator
from headway.modules.auth.domain.keys import Keys
from headway.modules.auth.http import routes
from headway.modules.auth.queries.accounts import AccountsInTables
from headway.modules.auth.service.authenticator import CredentialAuthenticator
from headway.modules.auth.service.cookies import Cookies
from headway.modules.auth.service.hasher import Hasher
from headway.modules.auth.service.registration import Registration
from headway.modules.auth.service.sign_in import SignIn
from headway.modules.auth.service.streams import Streams
from headway.modules.auth.store.schema import metadata
from headway.platform.clock import Clock
from headway.platform.db.port import Database
from headway.platform.faults import Faults, no_faults


@dataclass(frozen=True)
class Auth:
    """The module and what others are given of it."""

    module: Module
    authenticator: Authenticator
    accounts: Accounts


def build(
    database: Database, clock: Clock, feed: Feed, *, public_url: str, secret: bytes, faults: Faults = no_faults
) -> Auth:
    """Auth on that database. `secret`: at least 32 random bytes that the installation keeps."""
    keys = Keys(secret)
    streams = Streams(database, clock)
    hasher = Hasher()
    sign_in = SignIn(streams, keys, Cookies(public_url), hasher)
    registration = Registration(streams, keys, hasher, sign_in, public_url, faults)
    authenticator = CredentialAuthenticator(database, clock, keys.access)

    def heard(stream: str, _version: int) -> None:
        kind, _, owner = stream.partition(":")
        if kind == "account":
            authenticator.forget(owner)

    feed.subscribe_all(heard)
    module = Module(name="auth", metadata=metadata, routes=routes(registration, sign_in))
    return Auth(module, authenticator, AccountsInTables())
