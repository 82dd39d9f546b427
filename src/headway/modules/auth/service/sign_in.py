"""Sign in, go on, sign out: what a browser does with its cookies."""

from headway.changes.work import Work
from headway.modules.auth.actions import sessions
from headway.modules.auth.contracts import Account
from headway.modules.auth.contracts.messages import Credentials, SignedIn, User
from headway.modules.auth.domain import access_token, refresh_token
from headway.modules.auth.domain.keys import Keys
from headway.modules.auth.domain.refresh_token import RefreshToken
from headway.modules.auth.queries.accounts import AccountsInTables, account_by_email
from headway.modules.auth.service.cookies import Cookies
from headway.modules.auth.service.hasher import Hasher
from headway.modules.auth.service.streams import Streams
from headway.modules.auth.store.accounts import ACCOUNT_BY_ID, AccountRow
from headway.modules.auth.store.schema import account_stream
from headway.modules.auth.store.sessions import SessionRow
from headway.platform.problems import Unauthenticated
from headway.platform.web.routes import Asked, Reply


class SignIn:
    """Begins sessions and hands out their tokens."""

    def __init__(self, streams: Streams, keys: Keys, cookies: Cookies, hasher: Hasher) -> None:
        self._streams = streams
        self._keys = keys
        self._cookies = cookies
        self._hasher = hasher
        self._accounts = AccountsInTables()

    async def login(self, asked: Asked, body: Credentials) -> Reply:
        """Sign in with an address and a password."""
        account = await account_by_email(self._streams.database.reader, body.email)
        known = await self._hasher.verify(None if account is None else account.password_hash, body.password)
        if account is None or not known:
            raise wrong_credentials()
        session = await self.begin(asked, account)
        return await self.reply(session, status=200)

    async def begin(self, asked: Asked, account: AccountRow) -> SessionRow:
        """A session for somebody whose password was right a moment ago; Unauthenticated if that has changed since."""

        async def act(work: Work) -> SessionRow:
            today = await work.tx.row(ACCOUNT_BY_ID, id=account.id)
            if today is None or today.password_hash != account.password_hash or today.state != "active":
                raise wrong_credentials()
            return await sessions.begin(work, asked.address, asked.headers.get("user-agent", ""))

        return await self._streams.change(account_stream(account.id), account.id, act)

    async def reply(self, session: SessionRow, status: int) -> Reply:
        """The answer that gives a browser its tokens."""
        account = await self._accounts.by_id(self._streams.database.reader, session.user_id)
        if account is None:
            raise wrong_credentials()
        now = self._streams.clock.now()
        access = access_token.issue(self._keys.access, session.user_id, session.id, now)
        refresh = refresh_token.issue(self._keys.refresh, RefreshToken(session.user_id, session.id, session.generation))
        body = SignedIn(user_view(account), session.id, now + access_token.LIFETIME)
        return Reply(body, status, cookies=self._cookies.signed_in(access, refresh))


def user_view(account: Account) -> User:
    """The person as told to the person."""
    return User(account.id, account.email, account.name, account.is_admin, account.two_factor, account.created_at)


def wrong_credentials() -> Unauthenticated:
    """One answer for an unknown address and a wrong password."""
    return Unauthenticated("wrong_credentials", "The email address or the password is wrong.")
