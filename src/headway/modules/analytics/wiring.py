"""The analytics module, built."""

from headway.changes.consumer import Consumer
from headway.changes.module import Module
from headway.modules.analytics import consumers, http, jobs
from headway.modules.analytics.contracts import ProjectsSeen
from headway.modules.analytics.queries.stats import StatsQueries
from headway.modules.analytics.store import metadata
from headway.modules.users.contracts import People
from headway.platform.clock import Clock
from headway.platform.db.port import Database
from headway.platform.faults import Faults, no_faults


def build(database: Database, clock: Clock, seen: ProjectsSeen, people: People, faults: Faults = no_faults) -> Module:
    """Everything that the composition root needs of this module."""
    queries = StatsQueries(consumers.NAME, clock, seen, people)
    consumer = Consumer(consumers.NAME, frozenset({"workspace"}), consumers.count, database, faults)
    return Module(
        name="analytics",
        metadata=metadata,
        routes=http.routes(queries),
        consumers=(consumer,),
        jobs=(jobs.fading(database, clock),),
        schedules=(jobs.FADING_DAILY,),
    )
