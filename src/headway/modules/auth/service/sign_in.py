"""Sign in, go on, sign out: what a browser does with its cookies."""

from headway.changes.work import Work
from headway.modules.auth.actions import second_factor, sessions
from headway.modules.auth.contracts.meant import check_person, meant_by
from headway.modules.auth.contracts.messages import Credentials, SignedIn
from headway.modules.auth.contracts.origin import check_same_origin
from headway.modules.auth.domain import access_token, addresses, refresh_token
from headway.modules.auth.domain.keys import Keys
from headway.modules.auth.domain.refresh_token import RefreshToken
from headway.modules.auth.queries.accounts import AccountsInTables, account_by_email
from headway.modules.auth.service.cookies import Cookies
from headway.modules.auth.service.passwords import Passwords
from headway.modules.auth.service.streams import Streams
from headway.modules.auth.store.accounts import ACCOUNT, ACCOUNT_BY_ID, AccountRow
from headway.modules.auth.store.schema import account_stream
from headway.modules.auth.store.sessions import SESSION_BY_ID, SessionRow
from headway.modules.auth.views import user_view
from headway.platform.problems import Forbidden, Unauthenticated
from headway.platform.web.routes import Asked, Reply


class SignIn:
    """Begins sessions, hands out their tokens and ends them."""

    def __init__(self, streams: Streams, keys: Keys, passwords: Passwords, cookies: Cookies, public_url: str) -> None:
        self._streams = streams
        self._keys = keys
        self._cookies = cookies
        self._passwords = passwords
        self._public_url = public_url
        self._lifetime = cookies.session_lifetime
        self._accounts = AccountsInTables()

    async def login(self, asked: Asked, body: Credentials) -> Reply:
        """Sign in with an address and a password.

        Answers 401 `totp_required` when a second factor is needed: send the same again with `totp_code` or
        `recovery_code`. An unknown address and a wrong password get the same answer, after the same time.
        """
        check_same_origin("POST", asked.headers, self._public_url)
        account = await account_by_email(self._streams.database.reader, body.email)
        async with self._passwords.attempt(addresses.key(body.email), asked.address) as attempt:
            if not await self._passwords.is_right(account, body.password) or account is None:
                raise wrong_credentials()
            if account.state != "active":
                raise Forbidden("account_suspended", "This account is suspended; an administrator can reinstate it.")
            new_hash = await self._passwords.renewed(account, body.password)
            try:
                session = await self._begin(asked, account, body, new_hash)
            except Unauthenticated as refused:
                if refused.code == "totp_required":
                    attempt.unfinished()
                raise
            attempt.succeeded()
        return await self.reply(session, session.generation, status=200)

    async def _begin(self, asked: Asked, account: AccountRow, codes: Credentials, new_hash: str | None) -> SessionRow:
        async def act(work: Work) -> SessionRow:
            today = await work.tx.row(ACCOUNT_BY_ID, id=account.id)
            if today is None or today.password_hash != account.password_hash or today.state != "active":
                raise wrong_credentials()
            await second_factor.check(work, self._keys, codes)
            if new_hash is not None:
                await work.update(ACCOUNT, today, password_hash=new_hash)
            return await self.new_session(work, asked)

        return await self._streams.change(account_stream(account.id), account.id, act)

    async def new_session(self, work: Work, asked: Asked) -> SessionRow:
        """A session for the stream's person, in the browser that asks."""
        return await sessions.begin(work, asked.address, asked.headers.get("user-agent", ""), self._lifetime)

    async def begin_again(self, asked: Asked, account: AccountRow) -> SessionRow:
        """A session for a repeated registration, whose password was right a moment ago."""
        return await self._begin(asked, account, Credentials(account.email, ""), None)

    async def refresh(self, asked: Asked, _body: None) -> Reply:
        """Go on with the session of the refresh cookie: new tokens for it."""
        check_same_origin("POST", asked.headers, self._public_url)
        token = refresh_token.verify(self._keys.refresh, self._cookies.refresh_token(asked.cookies) or "")
        if token is None:
            raise session_ended()
        check_person(token.user_id, meant_by(asked.headers))
        used = token  # what a closure sees must not be None
        renewed = await self._streams.change(
            account_stream(used.user_id), used.user_id, lambda work: sessions.renew(work, used, self._lifetime)
        )
        if renewed.session is None:
            raise session_ended()
        return await self.reply(renewed.session, renewed.generation, status=200)

    async def logout(self, asked: Asked, _body: None) -> Reply:
        """Sign out: end the session and take its cookies away. Fine also when there is none any more."""
        check_same_origin("POST", asked.headers, self._public_url)
        user_id, session_id = asked.actor.user_id, asked.actor.credential_id
        token = refresh_token.verify(self._keys.refresh, self._cookies.refresh_token(asked.cookies) or "")
        if token is not None:
            user_id, session_id = token.user_id, token.session_id
        check_person(user_id, meant_by(asked.headers))
        if user_id is not None and session_id is not None:
            await self._end(user_id, session_id)
        return Reply(status=204, cookies=self._cookies.signed_out())

    async def _end(self, user_id: str, session_id: str) -> None:
        async def act(work: Work) -> None:
            session = await work.tx.row(SESSION_BY_ID, user_id=user_id, id=session_id)
            await sessions.end(work, [] if session is None else [session])

        await self._streams.change(account_stream(user_id), user_id, act)

    async def reply(self, session: SessionRow, generation: int, status: int) -> Reply:
        """The answer that gives a browser its tokens."""
        account = await self._accounts.by_id(self._streams.database.reader, session.user_id)
        if account is None or account.state != "active":
            raise session_ended()
        now = self._streams.clock.now()
        access = access_token.issue(self._keys.access, session.user_id, session.id, now)
        refresh = refresh_token.issue(self._keys.refresh, RefreshToken(session.user_id, session.id, generation))
        body = SignedIn(user_view(account), session.id, now + access_token.LIFETIME)
        return Reply(body, status, cookies=self._cookies.signed_in(access, refresh))


def wrong_credentials() -> Unauthenticated:
    """One answer for an unknown address and a wrong password."""
    return Unauthenticated("wrong_credentials", "The email address or the password is wrong.")


def session_ended() -> Unauthenticated:
    """There is no session to go on with."""
    return Unauthenticated("session_ended", "This session has ended; sign in again.")
