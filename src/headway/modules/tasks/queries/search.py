"""Search over what the reader sees: the best matches first, and before them the task of a key that was typed."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from headway.modules.tasks.contracts.search import Found, FoundPage, SearchQuery
from headway.modules.tasks.domain.highlights import excerpt, highlights
from headway.modules.tasks.queries.cursors import fingerprint, read_cursor, write_cursor
from headway.modules.tasks.queries.sight import Sight, sights
from headway.modules.tasks.queries.tasks import find_by_key
from headway.modules.tasks.store import comments, projects, search_index, tasks
from headway.modules.tasks.store.search import Hit
from headway.modules.tasks.store.tasks import TaskRow
from headway.modules.tasks.views import task_view
from headway.platform.actor import Actor
from headway.platform.db.port import Reader
from headway.platform.search_text import Term, search_query

_BEST: Final = -1e9


class _Match(NamedTuple):
    """A hit in a workspace; matches sort from the best to the worst."""

    rank: float
    id: str
    hit: Hit
    sight: Sight


async def search(reader: Reader, actor: Actor, query: SearchQuery) -> FoundPage:
    """Find tasks, comments and projects by words, beginnings of words, phrases, or a key such as OPS-142."""
    terms = search_query(query.q)
    matches: list[_Match] = []
    for sight in await sights(reader, actor, query.workspace_id):
        matches += await _matches(reader, query.q, terms, sight)
    matches.sort()
    of = fingerprint(query.q, query.workspace_id)
    left = matches if query.cursor is None else _after(matches, query.cursor, of)
    return await _page(reader, left, len(matches) - len(left), terms, query.limit, of)


async def _matches(reader: Reader, words: str, terms: Sequence[Term], sight: Sight) -> list[_Match]:
    project_ids = None if sight.whole else [*sight.keys]
    found = await search_index.find(reader, terms, sight.member.workspace_id, project_ids)
    keyed = await find_by_key(reader, sight.member, words)
    hits = [hit for hit in found if hit.id != keyed]
    if keyed is not None:
        hits.append(Hit("task", keyed, _BEST, 0))
    return [_Match(hit.rank, hit.id, hit, sight) for hit in hits]


def _after(matches: list[_Match], cursor: str, of: str) -> list[_Match]:
    """From behind the last one that was shown; where it has gone meanwhile, from the place where it stood.

    The cursor has no rank: bm25 counts words over all workspaces, which is nobody's business.
    """
    place = read_cursor(cursor, of, int)
    index = next((index for index, match in enumerate(matches) if match.id == place.id), None)
    return matches[index + 1 if index is not None else max(0, int(place.value)) :]


async def _page(
    reader: Reader, matches: list[_Match], passed: int, terms: Sequence[Term], limit: int, of: str
) -> FoundPage:
    """The first of the matches that are really there for the reader: neither in the trash nor out of sight."""
    items: list[Found] = []
    last: _Match | None = None
    place = passed
    for index, match in enumerate(matches, passed + 1):
        found = await _FOUND_BY[match.hit.kind](reader, match, terms)
        if found is None:
            continue
        if last is not None and len(items) == limit:
            return FoundPage(items, write_cursor(of, place, last.id))
        items.append(found)
        last, place = match, index
    return FoundPage(items)


async def _found_task(reader: Reader, match: _Match, terms: Sequence[Term]) -> Found | None:
    row = await _live_task(reader, match.sight, match.id)
    return None if row is None else _found(match, row, row.description, terms)


async def _found_comment(reader: Reader, match: _Match, terms: Sequence[Term]) -> Found | None:
    comment = await reader.row(comments.COMMENT_BY_ID, workspace_id=match.sight.member.workspace_id, id=match.id)
    row = comment and await _live_task(reader, match.sight, comment.task_id)
    return _found(match, row, comment.body, terms) if comment and row else None


async def _found_project(reader: Reader, match: _Match, terms: Sequence[Term]) -> Found | None:
    workspace_id = match.sight.member.workspace_id
    row = await reader.row(projects.PROJECT_BY_ID, workspace_id=workspace_id, id=match.id)
    if row is None or row.id not in match.sight.keys:
        return None
    piece = excerpt(row.description, terms)
    title = highlights(row.name, terms)
    return Found("project", row.id, workspace_id, row.id, row.key, row.name, title, piece.text, piece.ranges, None)


_FOUND_BY: Final = {"task": _found_task, "comment": _found_comment, "project": _found_project}


async def _live_task(reader: Reader, sight: Sight, task_id: str) -> TaskRow | None:
    row = await reader.row(tasks.TASK_BY_ID, workspace_id=sight.member.workspace_id, id=task_id)
    return row if row is not None and row.trashed_at is None and row.project_id in sight.keys else None


def _found(match: _Match, row: TaskRow, text: str, terms: Sequence[Term]) -> Found:
    task = task_view(row, match.sight.keys[row.project_id], with_description=False)
    piece = excerpt(text, terms)
    return Found(
        match.hit.kind,
        match.id,
        row.workspace_id,
        row.project_id,
        task.key,
        row.title,
        highlights(row.title, terms),
        piece.text,
        piece.ranges,
        task,
    )
