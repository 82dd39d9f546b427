"""The search index of whichever database holds the tasks."""

from collections.abc import Mapping, Sequence
from typing import Final

from headway.modules.tasks.store.search import Document, Hit, SearchIndex
from headway.modules.tasks.store.search_mysql import MySqlSearch
from headway.modules.tasks.store.search_sqlite import SqliteSearch
from headway.platform.db.port import Reader, Transaction
from headway.platform.search_text import Term

_INDEXES: Final[Mapping[str, SearchIndex]] = {"sqlite": SqliteSearch(), "mysql": MySqlSearch()}


async def follow(tx: Transaction, before: Document | None, after: Document | None) -> None:
    """Keep in step with an object: before is None for a new one, after for one that goes."""
    if before != after:
        await _INDEXES[tx.dialect].follow(tx, before, after)


async def find(
    reader: Reader,
    terms: Sequence[Term],
    workspace_id: str,
    project_ids: Sequence[str] | None,
    *,
    ranked: bool = True,
) -> list[Hit]:
    """The newest matches of all terms, best first, as `SearchIndex.find` says."""
    return await _INDEXES[reader.dialect].find(reader, terms, workspace_id, project_ids, ranked=ranked)
