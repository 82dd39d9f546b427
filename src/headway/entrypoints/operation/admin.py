"""What administrators see and do on the product's own page about the installation."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Annotated, Final, Literal

import msgspec

from headway.entrypoints.operation.system import System, look
from headway.modules.auth.contracts import Accounts
from headway.platform.actor import Actor
from headway.platform.clock import Clock
from headway.platform.db.port import Database, Reader
from headway.platform.ids import new_id
from headway.platform.jobs import HIGH, enqueue
from headway.platform.jobs.admin import FailedJob, count_jobs, failed_jobs, retry_failed
from headway.platform.mail import BadMail, Mail, MailFailed, MailRefused, MailTransport
from headway.platform.problems import Invalid, NotFound, Unavailable
from headway.platform.web.decode import line
from headway.platform.web.routes import Asked, Endpoint, Read, Reply, Route
from headway.settings import Settings

FAILED_SHOWN: Final = 100
BACKUP: Final = "backup"

_Read = partial(Read, needs="instance:admin", tag="admin")
_Endpoint = partial(Endpoint, needs="instance:admin", tag="admin")


class TestMail(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a test mail goes; to the administrator's own address when it is left out."""

    to: Annotated[str, line(254)] | None = None


class MailSent(msgspec.Struct, frozen=True):
    """A test mail was handed over: to the mail server, or to the outbox folder because none is set."""

    to: str
    by: Literal["smtp", "outbox"]


class Queued(msgspec.Struct, frozen=True):
    """A job that will run soon."""

    job_id: str


class FailedJobs(msgspec.Struct, frozen=True):
    """Jobs that were put aside after all their attempts, the latest first."""

    items: list[FailedJob]
    next_cursor: str | None = None


class Administration:
    """The routes' functions."""

    def __init__(
        self, settings: Settings, database: Database, clock: Clock, accounts: Accounts, mail: MailTransport
    ) -> None:
        self._settings = settings
        self._database = database
        self._clock = clock
        self._accounts = accounts
        self._mail = mail
        self._started_at: datetime = clock.now()

    async def system(self, _asked: Asked, _query: None) -> Reply:
        """How this installation is.

        Versions, storage, backups and the last proven restore, jobs that wait and jobs that failed.
        """
        reader = self._database.reader
        jobs, failed = await count_jobs(reader), await failed_jobs(reader, FAILED_SHOWN)
        return Reply(await asyncio.to_thread(look, self._settings, self._started_at, jobs, failed))

    async def jobs(self, reader: Reader, _actor: Actor, _query: None) -> FailedJobs:
        """Jobs that failed.

        Each was tried several times; its last error says why it was put aside.
        """
        return FailedJobs(await failed_jobs(reader, FAILED_SHOWN))

    async def retry(self, _asked: Asked, _body: None, *, job_id: str) -> Reply:
        """Let a failed job run again, with all its attempts."""
        now = self._clock.now()
        if not await self._database.write(lambda tx: retry_failed(tx, job_id, now)):
            raise NotFound("failed job")
        return Reply(status=204)

    async def back_up(self, _asked: Asked, _body: None) -> Reply:
        """Back up now; the backup is proven before it counts."""
        now = self._clock.now()
        job = await self._database.write(lambda tx: enqueue(tx, BACKUP, {}, now, key="by-hand", priority=HIGH))
        return Reply(Queued(job), status=202)

    async def test_mail(self, asked: Asked, body: TestMail) -> Reply:
        """Send a test mail, and say what the mail server answers."""
        to = body.to or await self._own_address(asked.actor)
        text = f"This is a test mail of Headway at {self._settings.public_url}.\n"
        try:
            await self._mail.send(Mail(key=f"test-{new_id()}", to=to, subject="Headway: test mail", text=text))
        except BadMail:
            raise Invalid.field("to", "invalid_address", "is not an address that mail can be sent to") from None
        except (MailFailed, MailRefused) as error:
            raise Unavailable("mail_failed", f"The mail was not taken: {error}") from None
        return Reply(MailSent(to, "smtp" if self._settings.smtp_url else "outbox"))

    async def _own_address(self, actor: Actor) -> str:
        account = await self._accounts.by_id(self._database.reader, actor.id)
        if account is None:
            raise NotFound("account")
        return account.email


def routes(administration: Administration) -> Sequence[Route]:
    """The table of routes."""
    return (
        _Endpoint(method="GET", path="/admin/system", act=administration.system, answer=System),
        _Read(path="/admin/jobs", act=administration.jobs, answer=FailedJobs),
        _Endpoint(method="POST", path="/admin/jobs/{job_id}/retry", act=administration.retry, status=204),
        _Endpoint(method="POST", path="/admin/backups", act=administration.back_up, answer=Queued, status=202),
        _Endpoint(
            method="POST",
            path="/admin/test-mail",
            act=administration.test_mail,
            body=TestMail,
            answer=MailSent,
            codes=("mail_failed",),
        ),
    )
