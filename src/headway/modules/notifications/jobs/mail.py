"""Mails people what they have not read after a while: bundled, at least once, with a Message-ID that stays the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import structlog

from headway.modules.auth.contracts import Account, Accounts
from headway.modules.notifications.actions.delivery import MAIL_JOB, MailTo
from headway.modules.notifications.contracts import Sight
from headway.modules.notifications.domain.letters import Links, MailedNews, bundle_of
from headway.modules.notifications.domain.news import MAIL_AFTER
from headway.modules.notifications.domain.words import Words
from headway.modules.notifications.service.mailer import mail_of
from headway.modules.notifications.service.unsubscribing import Unsubscribing
from headway.modules.notifications.store import waiting_mail
from headway.modules.notifications.store.waiting_mail import WaitingMail
from headway.modules.users.contracts import People
from headway.platform.clock import Clock
from headway.platform.db.port import Database, Transaction
from headway.platform.jobs import JobType, Running, enqueue
from headway.platform.mail import BadMail, Mail, MailRefused, MailTransport

ATTEMPTS: Final = 10_000
"""With an hour between the later ones: for more than a year."""
MOST: Final = 500

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class BundledMail:
    """One job a person: queued with the first news that waits, and again for what is left after it has run."""

    database: Database
    clock: Clock
    people: People
    accounts: Accounts
    sight: Sight
    transport: MailTransport
    unsubscribing: Unsubscribing

    def job(self) -> JobType[MailTo]:
        """The job type."""
        return JobType(name=MAIL_JOB, payload=MailTo, run=self._run, attempts=ATTEMPTS)

    async def _run(self, to: MailTo, running: Running) -> None:
        now = self.clock.now()
        waiting = await self.database.reader.rows(waiting_mail.OF_PERSON, of_user=to.user_id, limit=MOST)
        ready = [each for each in waiting if each.ready_at <= now]
        account = await self.accounts.by_id(self.database.reader, to.user_id)
        if account is not None and account.state == "active":
            news = [each for each in ready if await self._may_know(each)]
            if news:
                await self._send(await self._mail(account, news, f"news-{running.id}"))

        async def act(tx: Transaction) -> None:
            await tx.execute(waiting_mail.DROP, of_user=to.user_id, ids=[each.id for each in ready])
            await running.finish(tx)
            await self._go_on(tx, to, now)

        await self.database.write(act)

    async def _may_know(self, waiting: WaitingMail) -> bool:
        if waiting.task_id is None:
            return True
        seen = await self.sight.project_of(self.database.reader, waiting.user_id, waiting.workspace_id, waiting.task_id)
        return seen is not None

    async def _mail(self, account: Account, waiting: Sequence[WaitingMail], key: str) -> Mail:
        reader = self.database.reader
        named = await self.people.by_ids(reader, list({each.actor_id for each in waiting if each.actor_id}))
        names = {person.id: person.name for person in named.values()}
        news = [
            MailedNews(
                kind=each.kind,
                actor=names.get(each.actor_id or ""),
                task_id=each.task_id,
                title=each.title,
                count=each.count,
            )
            for each in waiting
        ]
        profile = await self.people.profile(reader, account.id)
        words = Words(profile.language if profile else account.language)
        unsubscribe = self.unsubscribing.link(account.id)
        links = Links(public_url=self.unsubscribing.public_url, unsubscribe=unsubscribe)
        letter = bundle_of(news, words, links)
        headers = {"List-Unsubscribe": f"<{unsubscribe}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
        return mail_of(letter, words, key=key, to=account.email, to_name=account.name, headers=headers)

    async def _send(self, mail: Mail) -> None:
        """Hand the mail over. What the server will never take is not tried again; it stays in the notifications."""
        try:
            await self.transport.send(mail)
        except (BadMail, MailRefused) as error:
            _log.warning("mail_refused", key=mail.key, error=str(error))

    async def _go_on(self, tx: Transaction, to: MailTo, now: datetime) -> None:
        """For what came meanwhile, another mail: at most one in 15 minutes."""
        left = await tx.rows(waiting_mail.OF_PERSON, of_user=to.user_id, limit=1)
        for first in left:
            await enqueue(tx, MAIL_JOB, to, max(first.ready_at, now + MAIL_AFTER), key=to.user_id)
