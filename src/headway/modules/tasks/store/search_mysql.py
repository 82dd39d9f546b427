"""Search in MariaDB and MySQL: InnoDB's FULLTEXT (https://mariadb.com/kb/en/full-text-index-overview/).

InnoDB leaves out words of fewer than three letters and a list of English ones, and splits words by rules of its own. So
each token is kept with two letters before it, and in hexadecimal unless it is plain: then every token is found, and so
is its beginning. It knows no phrase whose last word is only begun: of such a one it finds all words, in any order.
"""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import (
    BindParameter,
    Column,
    ColumnElement,
    Connection,
    Index,
    MetaData,
    String,
    Table,
    and_,
    bindparam,
    delete,
    event,
    literal,
    select,
    update,
)
from sqlalchemy.dialects.mysql import MEDIUMTEXT, match

from headway.modules.tasks.store.schema import metadata
from headway.modules.tasks.store.search import CANDIDATES, Document, DocumentKind, Hit
from headway.platform.db.port import Reader, Transaction
from headway.platform.db.statement import Statement, command, insert_into
from headway.platform.db.types import Id
from headway.platform.ids import id_to_bytes
from headway.platform.search_text import Term, search_tokens

LONGEST: Final = 84
"""Characters of a word that InnoDB indexes (`innodb_ft_max_token_size`)."""
TITLE_WEIGHT: Final = 10

_mysql: Final = MetaData()
search_texts: Final = Table(
    "search_texts",
    _mysql,
    Column("workspace_id", Id, primary_key=True),
    Column("id", Id, primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("project_id", Id, nullable=False),
    Column("title", MEDIUMTEXT, nullable=False),
    Column("body", MEDIUMTEXT, nullable=False),
    Index("search_texts_titles", "title", mysql_prefix="FULLTEXT"),
    Index("search_texts_all", "title", "body", mysql_prefix="FULLTEXT"),
)


@event.listens_for(metadata, "after_create")
def create_search_tables(_target: MetaData, connection: Connection, **_rest: object) -> None:
    """Make the table that only MariaDB and MySQL have."""
    if connection.dialect.name == "mysql":
        _mysql.create_all(connection)


_OBJECT: Final = and_(
    search_texts.c.workspace_id == bindparam("of_workspace"),
    search_texts.c.id == bindparam("of_id"),
    search_texts.c.kind == bindparam("of_kind"),
)
_REPLACE: Final = command(
    update(search_texts).where(_OBJECT).values({name: bindparam(name) for name in ("project_id", "title", "body")})
)
_FORGET: Final = command(delete(search_texts).where(_OBJECT))


def _hit(kind: DocumentKind, object_id: str, score: float) -> Hit:
    return Hit(kind, object_id, -score, int.from_bytes(id_to_bytes(object_id)[:8], "big"))


def _found(*, ranked: bool, among: bool) -> Statement[Hit]:
    query: BindParameter[str] = bindparam("query")
    everything = match(search_texts.c.title, search_texts.c.body, against=query).in_boolean_mode()
    titles = match(search_texts.c.title, against=query).in_boolean_mode()
    score: ColumnElement[float] = titles * TITLE_WEIGHT + everything if ranked else literal(0.0)
    newest = (
        select(search_texts.c.kind, search_texts.c.id, score.label("score"))
        .where(search_texts.c.workspace_id == bindparam("workspace"), everything)
        .order_by(search_texts.c.id.desc())
        .limit(CANDIDATES)
    )
    if among:
        newest = newest.where(search_texts.c.project_id.in_(bindparam("projects", expanding=True)))
    candidates = newest.subquery()
    best = select(candidates).order_by(candidates.c.score.desc(), candidates.c.id.desc())
    return Statement(best, _hit)


_FOUND: Final = {
    (ranked, among): _found(ranked=ranked, among=among) for ranked in (True, False) for among in (True, False)
}


class MySqlSearch:
    """One row for each object, with a FULLTEXT index on its title and one on everything."""

    async def follow(self, tx: Transaction, before: Document | None, after: Document | None) -> None:
        if after is None:
            if before is not None:
                await tx.execute(_FORGET, **_key(before))
            return
        words = words_of(after)
        if before is None:
            await tx.execute(
                insert_into(search_texts), workspace_id=after.workspace_id, id=after.id, kind=after.kind, **words
            )
        else:
            await tx.execute(_REPLACE, **_key(before), **words)

    async def find(
        self,
        reader: Reader,
        terms: Sequence[Term],
        workspace_id: str,
        project_ids: Sequence[str] | None,
        *,
        ranked: bool = True,
    ) -> list[Hit]:
        if not terms or (project_ids is not None and not project_ids):
            return []
        query = " ".join(map(_wanted, terms))
        statement = _FOUND[ranked, project_ids is not None]
        among = {} if project_ids is None else {"projects": list(project_ids)}
        return await reader.rows(statement, workspace=workspace_id, query=query, **among)


def words_of(document: Document) -> dict[str, str]:
    """What the index holds of a document, beside its key."""
    return {"project_id": document.project_id, "title": _coded(document.title), "body": _coded(document.body)}


def _key(document: Document) -> dict[str, str]:
    return {"of_workspace": document.workspace_id, "of_id": document.id, "of_kind": document.kind}


def _coded(text: str) -> str:
    return " ".join(map(_code, search_tokens(text)))


def _code(token: str) -> str:
    code = f"zz{token}" if token.isascii() and token.isalnum() else f"zy{token.encode().hex()}"
    return code[:LONGEST]


def _wanted(term: Term) -> str:
    words = [_code(token) for token in term.tokens]
    if not term.prefix:
        return f'+"{" ".join(words)}"'
    return " ".join(f"+{word}" for word in (*words[:-1], f"{words[-1]}*"))
