"""The tasks module, built."""

from dataclasses import dataclass
from datetime import timedelta

from headway.changes.consumer import Consumer
from headway.changes.module import Module
from headway.changes.writes import Writer
from headway.modules.auth.contracts import Accounts, Admission, Mailer
from headway.modules.auth.contracts.erasure import ErasureGuard
from headway.modules.tasks.actions.acceptance import Accepting
from headway.modules.tasks.actions.attachments import Attaching
from headway.modules.tasks.actions.invitations import Inviting
from headway.modules.tasks.actions.portability import PortabilityInTables
from headway.modules.tasks.actions.reminders import Reminding
from headway.modules.tasks.consumers import access, leavers, loose_files, newcomers
from headway.modules.tasks.consumers import reminders as reminder_consumer
from headway.modules.tasks.consumers.leavers import Leavers
from headway.modules.tasks.consumers.newcomers import Newcomers
from headway.modules.tasks.consumers.transfers import Transfers
from headway.modules.tasks.contracts.portable import PortableWorkspaces
from headway.modules.tasks.domain.limits import ATTACHMENT_SIZE
from headway.modules.tasks.http import (
    activity,
    attachments,
    comments,
    invitations,
    labels,
    members,
    projects,
    reminders,
    search,
    task_parts,
    tasks,
    transfers,
    undo,
    views,
    workspaces,
)
from headway.modules.tasks.jobs import SCHEDULES, FileJobs, InvitationMails, TrashJob
from headway.modules.tasks.queries.invitations import InvitationAdmission, ReadInvitations
from headway.modules.tasks.queries.last_owners import LastOwners
from headway.modules.tasks.queries.people import Acquainted, Membership
from headway.modules.tasks.queries.personal_data import WorkspaceData
from headway.modules.tasks.queries.projects import Sight
from headway.modules.tasks.queries.seen import ProjectsSeenInTables, SightInTables
from headway.modules.tasks.queries.snapshot import TaskSyncSource
from headway.modules.tasks.store.kinds import KINDS
from headway.modules.tasks.store.schema import metadata
from headway.modules.users.contracts import Acquaintances, People, PersonalData
from headway.platform.clock import Clock
from headway.platform.db.port import Database
from headway.platform.faults import Faults, no_faults
from headway.platform.jobs.handlers import AnyJobType
from headway.platform.objects import ObjectStore
from headway.platform.web.routes import Route


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What this module is given.

    `secret` makes the links of invitations, `public_url` is where they lead. `file_bytes` is what one file may have,
    `workspace_bytes` what all files of a workspace may have together, `trash_days` how long the trash is kept.
    """

    people: People
    accounts: Accounts
    mailer: Mailer
    objects: ObjectStore
    secret: bytes
    public_url: str
    trash_days: int
    file_bytes: int = ATTACHMENT_SIZE
    workspace_bytes: int = 10 << 30


def build(database: Database, clock: Clock, around: Surroundings, faults: Faults = no_faults) -> Module:
    """Everything that the composition root needs of this module."""
    return Module(
        name="tasks",
        metadata=metadata,
        routes=_routes(database, clock, around),
        consumers=(
            Consumer(access.NAME, frozenset({"workspace"}), access.inform, database, faults),
            Consumer(newcomers.NAME, frozenset({"account"}), Newcomers(around.accounts).follow, database, faults),
            Consumer(leavers.NAME, frozenset({"account"}), Leavers(around.accounts).follow, database, faults),
            Consumer(reminder_consumer.NAME, frozenset({"workspace"}), reminder_consumer.follow, database, faults),
            Consumer(loose_files.NAME, frozenset({"workspace"}), loose_files.note, database, faults),
        ),
        jobs=_job_types(database, clock, around, faults),
        schedules=SCHEDULES,
        kinds=tuple(KINDS.values()),
        sync=TaskSyncSource(clock),
    )


def projects_seen() -> ProjectsSeenInTables:
    """Which projects somebody sees, for modules above."""
    return ProjectsSeenInTables()


def portability() -> PortableWorkspaces:
    """Workspaces, read out whole and put in whole."""
    return PortabilityInTables()


def acquaintances() -> Acquaintances:
    """Who shares a workspace with whom."""
    return Acquainted()


def personal_data(objects: ObjectStore) -> PersonalData:
    """What workspaces keep of a person, for the person's own export."""
    return WorkspaceData(objects)


def admission(clock: Clock, secret: bytes) -> Admission:
    """Lets people register whom a workspace has invited."""
    return InvitationAdmission(clock, secret)


def erasure_guard() -> ErasureGuard:
    """Keeps last owners from leaving others without one."""
    return LastOwners()


def sight() -> SightInTables:
    """What people see now, for modules above."""
    return SightInTables()


def _job_types(database: Database, clock: Clock, around: Surroundings, faults: Faults) -> tuple[AnyJobType, ...]:
    mails = InvitationMails(database, around.people, around.accounts, around.mailer, around.secret, around.public_url)
    files = FileJobs(database, clock, around.objects)
    moves = Transfers(database, around.objects, clock, faults)
    trash = TrashJob(database, clock, timedelta(days=around.trash_days))
    return (mails.job(), files.thumbnails(), files.loose_files(), moves.job(), trash.job(), trash.purge())


def _files(database: Database, clock: Clock, around: Surroundings) -> attachments.Files:
    return attachments.Files(
        writer=Writer(database, clock),
        reader=database.reader,
        objects=around.objects,
        attaching=Attaching(around.workspace_bytes),
        file_bytes=around.file_bytes,
    )


def _routes(database: Database, clock: Clock, around: Surroundings) -> tuple[Route, ...]:
    reading = ReadInvitations(around.people, clock, around.secret)
    inviting = Inviting(around.accounts, around.secret, around.public_url)
    return (
        *workspaces.ROUTES,
        *members.routes(Membership(around.people, around.accounts)),
        *invitations.routes(reading, inviting, Accepting(around.secret), database.reader),
        *projects.routes(Sight(around.people)),
        *labels.ROUTES,
        *tasks.ROUTES,
        *comments.ROUTES,
        *attachments.routes(_files(database, clock, around)),
        *task_parts.ROUTES,
        *reminders.routes(Reminding(around.people)),
        *views.ROUTES,
        *activity.ROUTES,
        *search.ROUTES,
        *transfers.ROUTES,
        *undo.ROUTES,
    )
