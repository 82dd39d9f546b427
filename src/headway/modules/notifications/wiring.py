"""The notifications module, built."""

from dataclasses import dataclass

from headway.changes.consumer import Consumer
from headway.changes.module import Module
from headway.modules.auth.contracts import Accounts, Mailer
from headway.modules.notifications import http
from headway.modules.notifications.actions.mutes import Muting
from headway.modules.notifications.consumers import news, people
from headway.modules.notifications.contracts import Sight
from headway.modules.notifications.jobs.alarms import Ringing
from headway.modules.notifications.jobs.mail import BundledMail
from headway.modules.notifications.jobs.retention import Retention
from headway.modules.notifications.queries.personal_data import InboxData
from headway.modules.notifications.queries.snapshot import InboxSyncSource
from headway.modules.notifications.service.mailer import LetterMailer
from headway.modules.notifications.service.unsubscribing import Unsubscribing
from headway.modules.notifications.store.notifications import NOTIFICATION
from headway.modules.notifications.store.preferences import MUTE, PREFERENCES
from headway.modules.notifications.store.schema import metadata
from headway.modules.users.contracts import People, PersonalData
from headway.platform.clock import Clock
from headway.platform.db.port import Database
from headway.platform.faults import Faults, no_faults
from headway.platform.mail import MailTransport

__all__ = ["Surroundings", "build", "mailer", "metadata", "personal_data"]


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What this module is given. `secret` makes unsubscribe links, `public_url` is where links in mail lead.

    `keep_days`: how long read notifications are kept.
    """

    people: People
    accounts: Accounts
    sight: Sight
    transport: MailTransport
    secret: bytes
    public_url: str
    keep_days: int


def build(database: Database, clock: Clock, around: Surroundings, faults: Faults = no_faults) -> Module:
    """Everything that the composition root needs of this module."""
    unsubscribing = Unsubscribing(database, clock, around.people, around.secret, around.public_url)
    ringing = Ringing(database, clock, around.accounts, around.sight)
    mail = BundledMail(database, clock, around.people, around.accounts, around.sight, around.transport, unsubscribing)
    retention = Retention(database, clock, around.keep_days)
    reader = news.NewsReader(around.people, around.accounts, around.sight)
    following = people.PeopleReader(around.people)
    return Module(
        name="notifications",
        metadata=metadata,
        routes=http.routes(Muting(around.sight), unsubscribing),
        consumers=(
            Consumer(news.NAME, frozenset({"workspace"}), reader.read, database, faults),
            Consumer(people.NAME, frozenset({"profile", "account"}), following.read, database, faults),
        ),
        jobs=(ringing.job(), mail.job(), retention.job()),
        schedules=(retention.schedule(),),
        sync=InboxSyncSource(),
        kinds=(NOTIFICATION, MUTE, PREFERENCES),
    )


def personal_data() -> PersonalData:
    """What an inbox keeps of a person, for the person's own export."""
    return InboxData()


def mailer(transport: MailTransport, public_url: str) -> Mailer:
    """Writes the mail that other modules ask for."""
    return LetterMailer(transport, public_url)
