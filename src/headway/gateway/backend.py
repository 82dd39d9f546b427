"""What the handlers of requests work with."""

from dataclasses import dataclass

from headway.changes.writes import Writer
from headway.gateway.cache import AnswerCache
from headway.gateway.options import GatewayOptions
from headway.gateway.places import Places
from headway.gateway.queues import Queues
from headway.gateway.underway import UnderWay
from headway.platform.db.port import Database


@dataclass(frozen=True, slots=True)
class Backend:
    """How and where the database is written and read, what was answered before, what is being sent and waits."""

    database: Database
    writer: Writer
    cache: AnswerCache
    uploads: UnderWay
    bodies: UnderWay
    queues: Queues
    options: GatewayOptions
    places: Places
