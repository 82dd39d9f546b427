"""Routes of statistics."""

from headway.modules.analytics.contracts import Stats, StatsQuery
from headway.modules.analytics.queries.stats import StatsQueries
from headway.platform.web.routes import Read, Route


def routes(queries: StatsQueries) -> tuple[Route, ...]:
    """All routes of this module."""
    return (
        Read(
            path="/stats",
            query=StatsQuery,
            act=queries.get_stats,
            depends=queries.depends,
            needs="self",
            tag="stats",
            answer=Stats,
        ),
    )
