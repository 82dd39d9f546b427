"""The dashboard's statistics: counters, plus what the log holds beyond them, never a scan of tasks."""

from collections import Counter
from collections.abc import Mapping
from typing import Final
from zoneinfo import ZoneInfo

from headway.changes.consumer import position_of
from headway.changes.contracts import Stream
from headway.changes.log import read_after, version_of
from headway.modules.analytics.contracts import ProjectsSeen, Stats, StatsQuery
from headway.modules.analytics.domain.facts import EVERYBODY, Place
from headway.modules.analytics.store import COUNTS
from headway.modules.analytics.store.folding import fold
from headway.modules.analytics.views import Counts, next_change, statistics, window
from headway.modules.users.contracts import People
from headway.platform.actor import Actor
from headway.platform.clock import Clock
from headway.platform.db.port import Reader
from headway.platform.problems import NotFound
from headway.platform.web.routes import Dependency

AHEAD: Final = 500
"""Entries beyond the counters that a request folds by itself; with more the counters alone are shown, and catch up."""


class StatsQueries:
    """Reads statistics for people."""

    def __init__(self, consumer: str, clock: Clock, seen: ProjectsSeen, people: People) -> None:
        self._consumer = consumer
        self._clock = clock
        self._seen = seen
        self._people = people

    async def get_stats(self, reader: Reader, actor: Actor, query: StatsQuery) -> Stats:
        """Read the dashboard's statistics.

        Days are those of the reader's time zone. Only tasks of projects that the reader sees count.
        """
        zone, week_start = await self._calendar(reader, actor)
        counts = await self._counts(reader, actor, query, zone)
        return statistics(counts, self._clock.now(), zone, week_start)

    async def depends(self, reader: Reader, actor: Actor, query: StatsQuery) -> Dependency | None:
        """The workspaces that were counted, the reader's settings and the clock; None while counters lag far behind."""
        zone, _ = await self._calendar(reader, actor)
        projects = await self._projects(reader, actor, query)
        for workspace_id in projects:
            if await self._lag(reader, Stream("workspace", workspace_id)) >= AHEAD:
                return None
        counts = await self._counts(reader, actor, query, zone)
        streams = (f"profile:{actor.id}", *(f"workspace:{workspace_id}" for workspace_id in projects))
        return Dependency(streams, next_change(self._clock.now(), zone, counts))

    async def _calendar(self, reader: Reader, actor: Actor) -> tuple[ZoneInfo, int]:
        """The reader's zone, and the first day of the reader's week: 0 for Monday to 6 for Sunday."""
        profile = await self._people.profile(reader, actor.id)
        return (ZoneInfo("UTC"), 0) if profile is None else (ZoneInfo(profile.time_zone), profile.week_start - 1)

    async def _counts(self, reader: Reader, actor: Actor, query: StatsQuery, zone: ZoneInfo) -> Counts:
        _, since_quarter, since_cycle = window(self._clock.now(), zone)
        person_id = query.assignee_id or EVERYBODY
        counts: Counts = Counter()
        for workspace_id, project_ids in (await self._projects(reader, actor, query)).items():
            rows = await reader.rows(
                COUNTS,
                workspace_id=workspace_id,
                project_ids=sorted(project_ids),
                person_id=person_id,
                since_quarter=since_quarter,
                since_cycle=since_cycle,
            )
            counts.update({(measure, bucket): int(count) for measure, bucket, count in rows})
            since = {"created": since_quarter, "completed": since_quarter, "cycle": since_cycle}
            for (project_id, person, measure, bucket), by in (await self._ahead(reader, workspace_id)).items():
                if project_id in project_ids and person == person_id and bucket >= since.get(measure, 0):
                    counts[measure, bucket] += by
        return counts

    async def _ahead(self, reader: Reader, workspace_id: str) -> Counter[Place]:
        stream = Stream("workspace", workspace_id)
        if not 0 < await self._lag(reader, stream) < AHEAD:
            return Counter()
        after = await position_of(reader, self._consumer, stream)
        return (await fold(reader, workspace_id, await read_after(reader, stream, after, AHEAD))).change

    async def _lag(self, reader: Reader, stream: Stream) -> int:
        """How many entries the counters are behind the log."""
        return await version_of(reader, stream) - await position_of(reader, self._consumer, stream)

    async def _projects(self, reader: Reader, actor: Actor, query: StatsQuery) -> Mapping[str, frozenset[str]]:
        seen = await self._seen.projects_seen(reader, actor)
        if query.workspace_id is not None:
            if query.workspace_id not in seen:
                raise NotFound("workspace")
            seen = {query.workspace_id: seen[query.workspace_id]}
        if query.project_id is None:
            return seen
        found = {key: frozenset({query.project_id}) for key, ids in seen.items() if query.project_id in ids}
        if not found:
            raise NotFound("project")
        return found
