"""Ada and Ben work on one project; a test moves the clock, and reads what they were told and mailed."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any, Final

from sqlalchemy import and_, bindparam, func, or_, select

from headway.platform.db.statement import Statement
from headway.platform.jobs import Running, Worker
from headway.platform.jobs.schema import jobs
from tests.support.clock import NOON, StillClock
from tests.support.product import Person, Product, running_product

_OUTSTANDING: Final = Statement(
    select(func.count())
    .select_from(jobs)
    .where(
        jobs.c.name.in_(bindparam("names", expanding=True)),
        jobs.c.state == "waiting",
        or_(jobs.c.run_at <= bindparam("now"), and_(jobs.c.attempts > 0, jobs.c.error.is_(None))),
    ),
    int,
)


async def _nothing(_payload: object, _running: Running) -> None:
    """Backups and the like are not what these tests are about."""


@dataclass
class Office:
    """Ada owns the workspace, Ben is a member of it; `project` is open to both."""

    product: Product
    clock: StillClock
    ada: Person
    ben: Person
    workspace: str
    project: str

    async def task(self, by: Person | None = None, **fields: Any) -> Any:  # Any: the JSON answer
        """A task in the project, made by Ada unless somebody else is named."""
        return await (by or self.ada).post("/tasks", **{"title": "Fix the roof", "project_id": self.project, **fields})

    async def pass_time(self, **by: float) -> None:
        """Let time pass (`minutes=16`), and everything happen that is due then."""
        await self.settled()
        self.clock.at += timedelta(**by)
        await self.settled()
        for person in (self.ada, self.ben):
            await person.come_back()

    async def settled(self) -> None:
        """Every reader of the log has caught up, and every job that is due has run."""
        await self.product.settled()
        monolith = self.product.monolith
        known = [
            replace(job, run=_nothing) if module.name == "operation" else job
            for module in monolith.modules
            for job in module.jobs
        ]
        worker = Worker(monolith.database, self.clock, known)
        names = [job.name for job in known]
        while await monolith.database.reader.row(_OUTSTANDING, names=names, now=self.clock.now()):
            await worker.run_due()
            await asyncio.sleep(0)
        await self.product.settled()

    async def told(self, person: Person) -> list[Any]:  # Any: JSON answers
        """What somebody was told, the newest first."""
        await self.settled()
        found: list[Any] = (await person.get("/notifications"))["items"]
        return found

    async def kinds(self, person: Person) -> list[str]:
        """The kinds of what somebody was told, the newest first."""
        return [each["kind"] for each in await self.told(person)]

    def mails(self, person: Person) -> list[EmailMessage]:
        """Mail to somebody that lies in the outbox, but for invitations."""
        found = []
        for path in sorted(self.product.settings.mail_outbox.glob("news-*.eml")):
            message = message_from_bytes(path.read_bytes(), policy=default)
            assert isinstance(message, EmailMessage)
            if person.email in message["To"]:
                found.append(message)
        return found


@asynccontextmanager
async def open_office(folder: Path, **settings: Any) -> AsyncIterator[Office]:  # Any: values of settings
    """The product with the office in it, on a Monday at noon (UTC); what there was to tell so far has been read."""
    clock = StillClock(NOON - timedelta(hours=1))
    async with running_product(folder / "data", clock=clock, **settings) as product:
        ada, ben = await product.person("Ada"), await product.person("Ben")
        workspace = await ada.post("/workspaces", name="Roofers")
        project = await ada.post("/projects", workspace_id=workspace["id"], key="OPS", name="Operations")
        office = Office(product, clock, ada, ben, workspace["id"], project["id"])
        await join(office, ben)
        await office.pass_time(hours=1)
        yield office


async def join(office: Office, person: Person, role: str = "member") -> None:
    """Somebody accepts Ada's invitation and has read what they were told of it."""
    path = f"/workspaces/{office.workspace}/invitations"
    invitation = await office.ada.post(path, email=person.email, role=role)
    await person.post("/invitations/acceptance", token=invitation["token"])
    await office.settled()
    await person.put("/notifications/read")


def text_of(mail: EmailMessage) -> str:
    """The plain text of a mail."""
    body = mail.get_body(("plain",))
    assert body is not None
    text: str = body.get_content()
    return text
