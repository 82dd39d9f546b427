"""What the handlers of requests work with."""

from dataclasses import dataclass

from headway.changes.writes import Writer
from headway.gateway.cache import AnswerCache
from headway.gateway.options import GatewayOptions
from headway.gateway.queues import Queues
from headway.gateway.underway import UnderWay
from headway.platform.db.port import Database


@dataclass(frozen=True, slots=True)
class Backend:
    """The database, how it is written, what was answered before, what is being sent and waits, the settings.

    `noting`: whether what people have seen is remembered.
    """

    database: Database
    writer: Writer
    cache: AnswerCache
    uploads: UnderWay
    bodies: UnderWay
    queues: Queues
    options: GatewayOptions
    noting: bool
