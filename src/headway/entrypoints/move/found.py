"""What search finds of a row: the only table that the new database has and the old one has not."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from sqlalchemy import Table

from headway.modules.tasks.store.comments import CommentRow, comments
from headway.modules.tasks.store.comments import document_of as comment_document
from headway.modules.tasks.store.projects import ProjectRow, projects
from headway.modules.tasks.store.projects import document_of as project_document
from headway.modules.tasks.store.search import Document
from headway.modules.tasks.store.search_mysql import search_texts, words_of
from headway.modules.tasks.store.search_sqlite import search_documents
from headway.modules.tasks.store.tasks import TaskRow, tasks
from headway.modules.tasks.store.tasks import document_of as task_document
from headway.platform.db.raw.tables import RawTable, Values
from headway.platform.db.statement import columns_of, insert_into, rows_of

SEARCH: Final = RawTable.of(search_texts)
SQLITE_SEARCH: Final = RawTable.of(search_documents)
"""What it replaces: a row for each thing that is found, too."""

Read = Callable[[Values], Document | None]


# Any: the rows of three tables, each with the function for its own.
def _reading(table: Table, make: Any, document_of: Callable[[Any], Document | None]) -> Read:
    raw = RawTable.of(table)
    places = [raw.columns.index(column.name) for column in columns_of(table, make)]
    read = rows_of(table, make).on("sqlite").read
    return lambda row: document_of(read(tuple(row[place] for place in places)))


_READ: Final[Mapping[str, tuple[str, Read]]] = {
    "tasks": ("task", _reading(tasks, TaskRow, task_document)),
    "comments": ("comment", _reading(comments, CommentRow, comment_document)),
    "projects": ("project", _reading(projects, ProjectRow, project_document)),
}


def found_of(table: RawTable, row: Values) -> Values | None:
    """The row of the search index for a row of a table; None where there is nothing to find."""
    if table.name not in _READ:
        return None
    document = _READ[table.name][1](row)
    if document is None:
        return None
    values = {"workspace_id": document.workspace_id, "id": document.id, "kind": document.kind, **words_of(document)}
    _, bound = insert_into(search_texts).on("mysql").bind(values)
    return tuple(bound)


def found_key(table: RawTable, key: Values) -> Values | None:
    """The key in the search index of what a table holds under that key: (workspace, id)."""
    return (*key, _READ[table.name][0]) if table.name in _READ else None
