"""The route of search."""

from typing import Final

from headway.modules.tasks.contracts.search import FoundPage, SearchQuery
from headway.modules.tasks.queries.search import search
from headway.platform.web.routes import Read, Route

ROUTES: Final[tuple[Route, ...]] = (
    Read(path="/search", query=SearchQuery, act=search, needs="self", tag="search", answer=FoundPage, slow=True),
)
