"""The tasks module, built."""

from dataclasses import dataclass

from headway.changes.consumer import Consumer
from headway.changes.module import Module
from headway.modules.auth.contracts import Accounts, Admission, Mailer
from headway.modules.tasks.actions.acceptance import Accepting
from headway.modules.tasks.actions.invitations import Inviting
from headway.modules.tasks.actions.reminders import Reminding
from headway.modules.tasks.consumers import access, newcomers
from headway.modules.tasks.consumers import reminders as reminder_consumer
from headway.modules.tasks.http import (
    activity,
    comments,
    invitations,
    labels,
    members,
    projects,
    reminders,
    task_parts,
    tasks,
    undo,
    views,
    workspaces,
)
from headway.modules.tasks.jobs import InvitationMails
from headway.modules.tasks.queries.invitations import InvitationAdmission, ReadInvitations
from headway.modules.tasks.queries.people import Acquainted, Membership
from headway.modules.tasks.queries.projects import Sight
from headway.modules.tasks.queries.seen import ProjectsSeenInTables
from headway.modules.tasks.queries.snapshot import TaskSyncSource
from headway.modules.tasks.store.schema import metadata
from headway.modules.users.contracts import Acquaintances, People
from headway.platform.clock import Clock
from headway.platform.db.port import Database
from headway.platform.faults import Faults, no_faults
from headway.platform.jobs.handlers import AnyJobType
from headway.platform.web.routes import Route


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What this module is given: `secret` makes the links of invitations, `public_url` is where they lead."""

    people: People
    accounts: Accounts
    secret: bytes
    public_url: str


def build(database: Database, clock: Clock, around: Surroundings, faults: Faults = no_faults) -> Module:
    """Everything that the composition root needs of this module."""
    return Module(
        name="tasks",
        metadata=metadata,
        routes=_routes(clock, around),
        consumers=(
            Consumer(access.NAME, frozenset({"workspace"}), access.inform, database, faults),
            Consumer(newcomers.NAME, frozenset({"account"}), newcomers.welcome, database, faults),
            Consumer(reminder_consumer.NAME, frozenset({"workspace"}), reminder_consumer.follow, database, faults),
        ),
        sync=TaskSyncSource(clock),
    )


def projects_seen() -> ProjectsSeenInTables:
    """Which projects somebody sees, for modules above."""
    return ProjectsSeenInTables()


def acquaintances() -> Acquaintances:
    """Who shares a workspace with whom."""
    return Acquainted()


def admission(clock: Clock, secret: bytes) -> Admission:
    """Lets people register whom a workspace has invited."""
    return InvitationAdmission(clock, secret)


def job_types(database: Database, around: Surroundings, mailer: Mailer) -> tuple[AnyJobType, ...]:
    """What a worker runs for this module."""
    mails = InvitationMails(database, around.people, mailer, around.secret, around.public_url)
    return (mails.job(),)


def _routes(clock: Clock, around: Surroundings) -> tuple[Route, ...]:
    inviting = Inviting(around.accounts, around.secret, around.public_url)
    return (
        *workspaces.ROUTES,
        *members.routes(Membership(around.people, around.accounts)),
        *invitations.routes(ReadInvitations(around.people, clock, around.secret), inviting, Accepting(around.secret)),
        *projects.routes(Sight(around.people)),
        *labels.ROUTES,
        *tasks.ROUTES,
        *comments.ROUTES,
        *task_parts.ROUTES,
        *reminders.routes(Reminding(around.people)),
        *views.ROUTES,
        *activity.ROUTES,
        *undo.ROUTES,
    )
