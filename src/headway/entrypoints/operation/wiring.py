"""Puts the running of the installation together, as a module like the others."""

from datetime import timedelta
from functools import partial
from typing import Final

from sqlalchemy import MetaData

from headway.changes.module import Module
from headway.entrypoints.operation.admin import BACKUP, Administration, routes
from headway.entrypoints.operation.backups import back_up
from headway.entrypoints.operation.threads import in_thread
from headway.modules.auth.contracts import Accounts
from headway.platform.clock import Clock
from headway.platform.db.address import is_server
from headway.platform.db.port import Database
from headway.platform.jobs import JobType, Nothing, Running, daily
from headway.platform.mail import MailTransport
from headway.settings import Settings

FIRST_BACKUP: Final = timedelta(minutes=10)
"""After the first start: whoever loses the disk on the first day has what was set up."""
BACKUP_SECONDS: Final = 3 * 3600.0


def build(settings: Settings, database: Database, clock: Clock, accounts: Accounts, mail: MailTransport) -> Module:
    """The administrators' routes, and the daily backup of a SQLite file."""

    async def run_backup(_nothing: Nothing, running: Running) -> None:
        def report(_label: str, done: int, total: int) -> None:
            running.report(done, total)

        await in_thread(partial(back_up, settings, clock.now()), report)

    nightly = daily(BACKUP, settings.backup_hour, first_after=FIRST_BACKUP)
    administration = Administration(settings, database, clock, accounts, mail)
    return Module(
        name="operation",
        metadata=MetaData(),
        routes=tuple(routes(administration)),
        jobs=(JobType(name=BACKUP, payload=Nothing, run=run_backup, attempts=3, timeout=BACKUP_SECONDS),),
        schedules=() if is_server(settings.database_url) else (nightly,),
    )
