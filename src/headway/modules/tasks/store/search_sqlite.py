"""Search in SQLite: FTS5 (https://www.sqlite.org/fts5.html)."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Float,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    bindparam,
    column,
    delete,
    event,
    func,
    insert,
    literal_column,
    select,
    table,
    text,
    update,
)

from headway.modules.tasks.store.schema import metadata
from headway.modules.tasks.store.search import CANDIDATES, Document, Hit, scope_word, words_of
from headway.platform.db.port import Reader, Transaction
from headway.platform.db.statement import Statement, command
from headway.platform.db.types import Id
from headway.platform.search_text import Term

_sqlite: Final = MetaData()
search_documents: Final = Table(
    "search_documents",
    _sqlite,
    Column("number", Integer, primary_key=True),
    Column("workspace_id", Id, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("id", Id, nullable=False),
    UniqueConstraint("workspace_id", "id", "kind", name="search_documents_by_object"),
)
search_index: Final = table(
    "search_index", column("rowid", BigInteger), column("scope"), column("title"), column("body")
)

CREATE_INDEX: Final = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS search_index USING fts5"
    "(scope, title, body, content='', contentless_delete=1, tokenize='ascii')"
)
"""The tokens come ready-made, so the tokenizer has only to split them at blanks: `ascii` keeps all other scripts."""


@event.listens_for(metadata, "after_create")
def create_search_tables(_target: MetaData, connection: Connection, **_rest: object) -> None:
    """Make the tables that only SQLite has; migrations call it too."""
    if connection.dialect.name == "sqlite":
        _sqlite.create_all(connection)
        connection.execute(text(CREATE_INDEX))


_NUMBER: Final = Statement(
    select(search_documents.c.number).where(
        search_documents.c.workspace_id == bindparam("workspace"),
        search_documents.c.id == bindparam("object_id"),
        search_documents.c.kind == bindparam("kind"),
    ),
    int,
)
_ADD: Final = command(
    insert(search_documents).values({name: bindparam(name) for name in ("workspace_id", "kind", "id")})
)
_FORGET: Final = command(delete(search_documents).where(search_documents.c.number == bindparam("of")))
_LAST: Final = Statement(select(func.last_insert_rowid()), int)
_INDEX: Final = command(insert(search_index))
_REINDEX: Final = command(
    update(search_index)
    .where(search_index.c.rowid == bindparam("of"))
    .values({name: bindparam(name) for name in ("scope", "title", "body")})
)
_UNINDEX: Final = command(delete(search_index).where(search_index.c.rowid == bindparam("of")))
_whole: Final[ColumnElement[str]] = literal_column("search_index")


def _found(rank: ColumnElement[float]) -> Statement[Hit]:
    newest = (
        select(search_index.c.rowid.label("number"), rank.label("rank"))
        .where(_whole.op("MATCH")(bindparam("query")))
        .order_by(search_index.c.rowid.desc())
        .limit(CANDIDATES)
        .subquery()
    )
    return Statement(
        select(search_documents.c.kind, search_documents.c.id, newest.c.rank, newest.c.number)
        .join_from(newest, search_documents, search_documents.c.number == newest.c.number)
        .order_by(newest.c.rank, newest.c.number.desc()),
        Hit,
    )


_BEST: Final = _found(func.bm25(_whole, 0.0, 10.0, 1.0))
_ANY: Final = _found(literal_column("0.0", Float()))


class SqliteSearch:
    """FTS5. `search_documents` numbers the objects, since FTS5 knows a document by an integer alone."""

    async def follow(self, tx: Transaction, before: Document | None, after: Document | None) -> None:
        if before is None and after is not None:
            await tx.execute(_ADD, workspace_id=after.workspace_id, kind=after.kind, id=after.id)
            await tx.execute(_INDEX, rowid=await tx.row(_LAST), **words_of(after))
        elif before is not None:
            number = await tx.row(_NUMBER, workspace=before.workspace_id, object_id=before.id, kind=before.kind)
            if after is not None:
                await tx.execute(_REINDEX, of=number, **words_of(after))
            else:
                await tx.execute(_UNINDEX, of=number)
                await tx.execute(_FORGET, of=number)

    async def find(
        self,
        reader: Reader,
        terms: Sequence[Term],
        workspace_id: str,
        project_ids: Sequence[str] | None,
        *,
        ranked: bool = True,
    ) -> list[Hit]:
        scopes = (
            [scope_word("w", workspace_id)] if project_ids is None else [scope_word("p", each) for each in project_ids]
        )
        if not terms or not scopes:
            return []
        query = f"scope : ({' OR '.join(scopes)}) AND {{title body}} : ({' AND '.join(map(_phrase, terms))})"
        return await reader.rows(_BEST if ranked else _ANY, query=query)


def _phrase(term: Term) -> str:
    return f'"{" ".join(term.tokens)}"{" *" if term.prefix else ""}'
