"""The link that ends mail about notifications: for people, who are asked first, and for mail programs (RFC 8058)."""

from dataclasses import dataclass
from typing import Final

from headway.changes.work import Work
from headway.modules.notifications.actions.preferences import stop_mail
from headway.modules.notifications.contracts import Unsubscribed
from headway.modules.notifications.domain.kinds import KINDS, channels_of
from headway.modules.notifications.domain.unsubscribe_page import POLICY, page
from headway.modules.notifications.domain.unsubscribing import person_of, token_of
from headway.modules.notifications.domain.words import Words
from headway.modules.notifications.store.preferences import PREFERENCES_OF
from headway.modules.notifications.store.schema import inbox_stream
from headway.modules.users.contracts import People
from headway.platform.clock import Clock
from headway.platform.db.port import Database, Transaction
from headway.platform.problems import NotFound
from headway.platform.web.routes import Asked, Reply

PATH: Final = "/notifications/unsubscribe"


@dataclass(frozen=True)
class Unsubscribing:
    """`secret` makes the tokens of the links; `public_url` is where the links lead."""

    database: Database
    clock: Clock
    people: People
    secret: bytes
    public_url: str

    def link(self, user_id: str) -> str:
        """A person's link."""
        return f"{self.public_url.rstrip('/')}/api/v1{PATH}/{token_of(self.secret, user_id)}"

    async def show(self, asked: Asked, _query: None, *, token: str) -> Reply:
        """Ask whether mail about notifications is to end. To look at the link ends nothing: programs do so too."""
        user_id = self._person(token)
        row = await self.database.reader.row(PREFERENCES_OF, user_id=user_id)
        choices = row.choices if row else {}
        is_done = not any(channels_of(choices, kind).mail for kind in KINDS)
        return await self._reply(asked, user_id, is_done=is_done)

    async def unsubscribe(self, asked: Asked, _body: None, *, token: str) -> Reply:
        """End mail about notifications for the person whose link it is. A body is passed over."""
        user_id = self._person(token)

        async def act(tx: Transaction) -> None:
            work = Work(tx, inbox_stream(user_id), user_id, self.clock.now())
            await stop_mail(work, user_id)
            await work.finish()

        await self.database.write(act)
        return await self._reply(asked, user_id, is_done=True)

    def _person(self, token: str) -> str:
        user_id = person_of(self.secret, token)
        if user_id is None:
            raise NotFound("link")
        return user_id

    async def _reply(self, asked: Asked, user_id: str, *, is_done: bool) -> Reply:
        if "text/html" not in asked.headers.get("accept", ""):
            return Reply(Unsubscribed(mail=not is_done))
        profile = await self.people.profile(self.database.reader, user_id)
        body = page(Words(profile.language if profile else "en"), is_done=is_done)
        return Reply(body, headers={"content-security-policy": POLICY}, media_type="text/html; charset=utf-8")
