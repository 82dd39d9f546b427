"""What runs beside requests: news from other instances, consumers of the log, jobs."""

import contextlib
from collections.abc import AsyncIterator, Callable, Coroutine
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from headway.changes.consumer import Consumer
from headway.changes.feed import Feed
from headway.changes.leadership import Leadership
from headway.platform import background
from headway.platform.db.address import is_server
from headway.platform.db.port import News
from headway.platform.jobs import Worker
from headway.platform.jobs.worker import LONGEST_NAP_SECONDS
from headway.platform.redis.news import NewsChannel
from headway.settings import Settings

if TYPE_CHECKING:
    from headway.entrypoints.monolith import Monolith

SHORT_NAP_SECONDS: Final = 2.0
"""So long jobs wait that another instance has queued, where no Redis tells of them."""

Run = tuple[str, Callable[[], Coroutine[Any, Any, None]]]
"""A name, and what runs until cancelled. Any: a coroutine's own business with its loop."""


@contextlib.asynccontextmanager
async def running_beside(monolith: "Monolith", settings: Settings, *, working: bool) -> AsyncIterator[None]:
    """Begun, and ended on the way out; `working`: consumers and jobs too."""
    worker = _worker(monolith, settings) if working else None
    runs: list[Run] = [
        (f"background of {module.name}", run) for module in monolith.modules for run in module.background
    ]
    runs += _news(monolith, worker)
    if worker is not None:
        runs += [("jobs", worker.run), *_consuming(monolith, several=is_server(settings.database_url))]
    running = [background.start(run, name) for name, run in runs]
    try:
        yield
    finally:
        await background.end(running)


def _worker(monolith: "Monolith", settings: Settings) -> Worker:
    types = [job for module in monolith.modules for job in module.jobs]
    schedules = [schedule for module in monolith.modules for schedule in module.schedules]
    nap = SHORT_NAP_SECONDS if is_server(settings.database_url) else LONGEST_NAP_SECONDS
    return Worker(monolith.database, monolith.clock, types, schedules, settings.job_concurrency, longest_nap=nap)


def _news(monolith: "Monolith", worker: Worker | None) -> list[Run]:
    """From and for other instances, where there is a Redis."""
    redis = monolith.redis
    if redis is None:
        return []

    def hear(news: News) -> None:
        monolith.feed.publish(news)
        if worker is not None:
            worker.hear(news)

    channel = NewsChannel(redis, hear, monolith.app.catch_up)
    monolith.database.on_commit(channel.tell)
    return [("redis", redis.run), ("news", channel.run)]


def _consuming(monolith: "Monolith", *, several: bool) -> list[Run]:
    """Each consumer here, or, where there may be several instances, each on one of them."""
    consumers = [consumer for module in monolith.modules for consumer in module.consumers]
    works = {f"consumer {each.name}": partial(_follow, each, monolith.feed) for each in consumers}
    return [("leadership", Leadership(monolith.database, works).run)] if several else list(works.items())


async def _follow(consumer: Consumer, feed: Feed) -> None:
    deaf = consumer.attach(feed)
    try:
        await consumer.run()
    finally:
        deaf()
