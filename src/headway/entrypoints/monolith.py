"""Headway in one process: every module, one database, one event loop."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import MetaData

from headway.changes.feed import Feed
from headway.changes.module import Module
from headway.changes.schema import metadata as log_metadata
from headway.changes.writes import Writer
from headway.entrypoints.beside import running_beside
from headway.entrypoints.databases import open_database, opened_replicas
from headway.entrypoints.operation import housekeeping
from headway.entrypoints.operation import wiring as operation
from headway.entrypoints.operation.files import objects_of
from headway.entrypoints.operation.installation import fingerprint
from headway.entrypoints.operation.signing_key import check_key
from headway.entrypoints.schema import PARTS, schema_of
from headway.entrypoints.web_client import WEB_CLIENT
from headway.gateway.app import Gateway, create_app
from headway.gateway.options import GatewayOptions, RateLimit
from headway.gateway.probes import Check
from headway.gateway.shared import ALONE, Shared
from headway.modules.analytics import wiring as analytics
from headway.modules.analytics.store import metadata as analytics_metadata
from headway.modules.auth import wiring as auth
from headway.modules.auth.contracts import Mailer
from headway.modules.auth.store.schema import metadata as auth_metadata
from headway.modules.notifications import wiring as notifications
from headway.modules.tasks import wiring as tasks
from headway.modules.tasks.contracts.portable import PortableWorkspaces
from headway.modules.tasks.store.schema import metadata as tasks_metadata
from headway.modules.users import wiring as users
from headway.platform.clock import Clock, SystemClock
from headway.platform.db.migrate import pending
from headway.platform.db.port import Database, Replica
from headway.platform.faults import Faults, no_faults
from headway.platform.jobs import metadata as jobs_metadata
from headway.platform.mail import MailTransport, mail_transport
from headway.platform.objects import ObjectStore
from headway.platform.positions import OwnPositions
from headway.platform.redis.moving_window import shared_windows
from headway.platform.redis.positions import SharedPositions
from headway.platform.redis.server import RedisServer
from headway.settings import Settings

if TYPE_CHECKING:
    pass

METADATA: Final[tuple[MetaData, ...]] = (
    log_metadata,
    jobs_metadata,
    auth_metadata,
    users.metadata,
    tasks_metadata,
    notifications.metadata,
    analytics_metadata,
)
"""The tables of one database that holds everything."""


@dataclass(frozen=True, kw_only=True)
class Monolith:
    """A running Headway and its parts."""

    app: Gateway
    database: Database
    writer: Writer
    feed: Feed
    clock: Clock
    modules: Sequence[Module]
    objects: ObjectStore
    portable: PortableWorkspaces
    operator: auth.Operator
    first_administrator: auth.FirstAdministrator
    redis: RedisServer | None


@contextlib.asynccontextmanager
async def build_monolith(
    settings: Settings,
    secret: bytes,
    *,
    clock: Clock | None = None,
    faults: Faults = no_faults,
    former_releases: Sequence[Path] = (),
    background: bool = True,
) -> AsyncIterator[Monolith]:
    """Everything wired and running, on a database that has been migrated.

    `secret`: the installation's signing key; `former_releases`: folders of the web client as it was; `background`:
    whether the work beside requests is done here.
    """
    clock = clock or SystemClock()
    database = await open_database(settings, faults)
    try:
        async with opened_replicas(settings) as replicas:
            monolith = _build(settings, secret, database, replicas, clock, faults, tuple(former_releases))
            await check_key(settings, secret, database)
            async with running_beside(monolith, settings, working=background):
                await monolith.app.start()
                try:
                    yield monolith
                finally:
                    await monolith.app.stop()
    finally:
        await database.close()


def _build(  # noqa: PLR0917 - a composition root names all that it puts together
    settings: Settings,
    secret: bytes,
    database: Database,
    replicas: Sequence[Replica],
    clock: Clock,
    faults: Faults,
    former_releases: tuple[Path, ...],
) -> Monolith:
    feed = Feed()
    database.on_commit(feed.publish)
    redis = RedisServer(settings.redis_url, f"headway:{fingerprint(secret)}") if settings.redis_url else None
    shared = _shared(redis, replicas)
    mail = mail_transport(settings.smtp_url, settings.mail_from, settings.mail_outbox, clock)
    mailer = notifications.mailer(mail, settings.public_url)
    signing_in = auth.build(
        database,
        clock,
        feed,
        public_url=settings.public_url,
        secret=secret,
        options=_auth_options(settings),
        mailer=mailer,
        admissions=[tasks.admission(clock, secret)],
        erasure_guards=[tasks.erasure_guard()],
        windows=shared.windows,
        faults=faults,
    )
    objects = objects_of(settings)
    knowing = users.build(database, clock, _users_surroundings(settings, signing_in, objects), faults)
    around = _tasks_surroundings(settings, secret, signing_in, knowing, mailer, objects)
    telling = _notifications_surroundings(settings, secret, signing_in, knowing, mail)
    modules: tuple[Module, ...] = (
        signing_in.module,
        knowing.module,
        tasks.build(database, clock, around, faults),
        notifications.build(database, clock, telling, faults),
        analytics.build(database, clock, tasks.projects_seen(), knowing.people, faults),
        operation.build(settings, database, clock, signing_in.accounts, mail),
    )
    modules = (*modules, housekeeping.build(database, clock, modules, timedelta(days=settings.log_retention_days)))
    options = replace(_gateway_options(settings), former_releases=former_releases)
    checks = _checks(settings)
    app = create_app(modules, database, clock, feed, signing_in.authenticator, options, checks=checks, shared=shared)
    return Monolith(
        app=app,
        database=database,
        writer=Writer(database, clock, options.workspace_history),
        feed=feed,
        clock=clock,
        modules=modules,
        objects=objects,
        portable=tasks.portability(),
        operator=signing_in.operator,
        first_administrator=signing_in.first_administrator,
        redis=redis,
    )


def _shared(redis: RedisServer | None, replicas: Sequence[Replica]) -> Shared:
    if redis is not None:
        return Shared(shared_windows(redis), SharedPositions(redis), replicas)
    return Shared(positions=OwnPositions(), replicas=replicas) if replicas else ALONE


def _tasks_surroundings(
    settings: Settings,
    secret: bytes,
    signing_in: auth.Auth,
    knowing: users.Users,
    mailer: Mailer,
    objects: ObjectStore,
) -> tasks.Surroundings:
    return tasks.Surroundings(
        people=knowing.people,
        accounts=signing_in.accounts,
        mailer=mailer,
        objects=objects,
        secret=secret,
        public_url=settings.public_url,
        file_bytes=settings.max_upload_mb << 20,
        workspace_bytes=settings.max_workspace_gb << 30,
        trash_days=settings.trash_retention_days,
    )


def _notifications_surroundings(
    settings: Settings, secret: bytes, signing_in: auth.Auth, knowing: users.Users, mail: MailTransport
) -> notifications.Surroundings:
    return notifications.Surroundings(
        people=knowing.people,
        accounts=signing_in.accounts,
        sight=tasks.sight(),
        transport=mail,
        secret=secret,
        public_url=settings.public_url,
        keep_days=settings.inbox_retention_days,
    )


def _users_surroundings(settings: Settings, signing_in: auth.Auth, objects: ObjectStore) -> users.Surroundings:
    return users.Surroundings(
        accounts=signing_in.accounts,
        erasure=signing_in.erasure,
        records=signing_in.records,
        acquaintances=tasks.acquaintances(),
        objects=objects,
        public_url=settings.public_url,
        personal_data=[tasks.personal_data(objects), notifications.personal_data()],
        avatar_bytes=settings.max_avatar_mb * 1024 * 1024,
    )


def _checks(settings: Settings) -> Mapping[str, Check]:
    """What /readyz asks beside the database itself."""

    async def is_migrated() -> bool:
        """Another program may have brought the schema forward, or put an older database in place."""
        return not await asyncio.to_thread(pending, schema_of(settings), PARTS)

    return {"migrations": is_migrated}


def _auth_options(settings: Settings) -> auth.AuthOptions:
    options = auth.AuthOptions(
        registration=settings.registration,
        first_may_claim=settings.first_admin == "anyone",
        session_days=settings.session_days,
        hashes_at_once=settings.password_hashes,
        max_upload_bytes=settings.max_upload_mb << 20,
        max_avatar_bytes=settings.max_avatar_mb << 20,
    )
    return options if settings.rate_limit else replace(options, failures=None)


def _gateway_options(settings: Settings) -> GatewayOptions:
    limited = settings.rate_limit
    return GatewayOptions(
        public_url=settings.public_url,
        trusted_proxies=settings.trusted_proxies,
        rate_limit=RateLimit(settings.rate_limit_requests, settings.rate_limit_seconds) if limited else None,
        sign_in_limit=RateLimit(settings.sign_in_limit_requests, settings.sign_in_limit_seconds) if limited else None,
        static=WEB_CLIENT if WEB_CLIENT.is_dir() else None,
        asset_url=settings.asset_url,
        body_limit=settings.max_body_kb * 1024,
        uploads_limit=settings.max_uploading_mb << 20,
        workspace_history=settings.max_workspace_history_gb << 30,
        metrics=settings.metrics,
        metrics_token=settings.metrics_token,
        version=version("headway"),
    )
