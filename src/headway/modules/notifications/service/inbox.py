"""Which stream a write changes: each person has one inbox, and it is nobody else's."""

from headway.changes.contracts import Stream
from headway.changes.work import Work
from headway.modules.notifications.store.schema import inbox_stream
from headway.platform.actor import Actor
from headway.platform.db.port import Reader


async def own_inbox(_reader: Reader, actor: Actor, _body: object, **_path: str) -> Stream:
    """`Write.locate`: the actor's inbox."""
    return inbox_stream(actor.id)


async def enter(_work: Work, actor: Actor) -> str:
    """`Write.enter`: whose inbox it is."""
    return actor.id
