"""Full-text search as the product asks for it; each database has an index of its own (`search_index.py` picks it).

Documents are written in the transaction of what they describe. Each is indexed with the tokens of its words, one token
for its workspace and one for its project, so that a query finds only what the reader may see.
"""

from collections.abc import Sequence
from typing import Final, Literal, Protocol

import msgspec

from headway.platform.db.port import Reader, Transaction
from headway.platform.search_text import Term, search_tokens

DocumentKind = Literal["task", "comment", "project"]

CANDIDATES: Final = 1_000
"""How many of the newest matches are ranked: what bounds the time of a query for a common word."""


class Document(msgspec.Struct, frozen=True):
    """What can be found: an object's title and text."""

    workspace_id: str
    project_id: str
    kind: DocumentKind
    id: str
    title: str
    body: str


class Hit(msgspec.Struct, frozen=True):
    """A match: the lower `rank`, the better; `number` decides between equals, higher (newer) first."""

    kind: DocumentKind
    id: str
    rank: float
    number: int


class SearchIndex(Protocol):
    """What the product asks of a search engine."""

    async def follow(self, tx: Transaction, before: Document | None, after: Document | None) -> None:
        """Keep in step with an object: before is None for a new one, after for one that goes."""
        ...

    async def find(
        self,
        reader: Reader,
        terms: Sequence[Term],
        workspace_id: str,
        project_ids: Sequence[str] | None,
        *,
        ranked: bool = True,
    ) -> list[Hit]:
        """The newest matches of all terms, in these projects, or in the whole workspace for None.

        They come best first; unless `ranked` newest first, which costs less.
        """
        ...


def scope_word(letter: Literal["w", "p"], object_id: str) -> str:
    """The token of a workspace (w) or a project (p)."""
    return letter + object_id.replace("-", "")


def words_of(document: Document) -> dict[str, str]:
    """What the index holds of a document."""
    return {
        "scope": scope_words(document.workspace_id, document.project_id),
        "title": text_words(document.title),
        "body": text_words(document.body) if document.body else "",
    }


def scope_words(workspace_id: str, project_id: str) -> str:
    """The tokens by which a document is found only by those who see it."""
    return f"{scope_word('w', workspace_id)} {scope_word('p', project_id)}"


def text_words(text: str) -> str:
    """The tokens of a text."""
    return " ".join(search_tokens(text))
