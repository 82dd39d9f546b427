"""What a ledger comes to in the database: rows of every table that follows from it, ready for the driver."""

import marshal
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Final

import msgspec

from headway.changes.contracts import Stream
from headway.changes.schema import changes, streams
from headway.entrypoints.demo.alarms import alarm_rows, alarms_after
from headway.entrypoints.demo.block import Block
from headway.entrypoints.demo.derived import begun
from headway.entrypoints.demo.ledger import Encoded, Ids, Ledger, id_bytes, microseconds_of
from headway.entrypoints.demo.people import Person, access_stream
from headway.modules.analytics.domain.facts import Facts, Place, fading_before, places
from headway.modules.analytics.store import counters
from headway.modules.notifications.store.alarms import Alarm, alarms
from headway.modules.tasks.domain.access import Access, Level, Member
from headway.modules.tasks.store.comments import COMMENT
from headway.modules.tasks.store.comments import document_of as comment_document
from headway.modules.tasks.store.grants import GRANT, GrantRow
from headway.modules.tasks.store.projects import PROJECT, PROJECT_MEMBER
from headway.modules.tasks.store.projects import document_of as project_document
from headway.modules.tasks.store.search import Document, scope_words, text_words
from headway.modules.tasks.store.search_sqlite import search_documents, search_index
from headway.modules.tasks.store.tasks import TASK, TaskRow
from headway.modules.tasks.store.tasks import document_of as task_document
from headway.modules.tasks.store.workspaces import MEMBER

# The same few projects and sentences, again and again.
_scope_words: Final = cache(scope_words)
_text_words: Final = lru_cache(maxsize=65_536)(text_words)


@dataclass
class Written:
    """Rows by table, documents of the search index, the versions that streams have reached, who may see what.

    A document is workspace, kind and id of what is found, and the tokens of its scope, title and body.
    Once all `rows` and `documents` are there, `settle` makes `blocks` of them, which are what is written.
    `moments` are those at which an alarm rings, in microseconds since 1970.
    """

    rows: dict[str, list[Encoded]] = field(default_factory=dict)
    blocks: dict[str, Block] = field(default_factory=dict)
    documents: list[tuple[Encoded, Encoded]] = field(default_factory=list)
    versions: list[tuple[Stream, int]] = field(default_factory=list)
    grants: list[GrantRow] = field(default_factory=list)
    moments: set[int] = field(default_factory=set)

    def settle(self) -> "Written":
        """Bring all rows into the order of their keys, which stand first in every table: SQLite then only appends."""
        for table, rows in self.rows.items():
            rows.sort()
            if rows:
                self.blocks[table] = Block.of(rows)
        self.rows.clear()
        if self.documents:
            self._settle_documents()
        return self

    def _settle_documents(self) -> None:
        """Both tables are empty at first and count by themselves: so a document has the same number in each."""
        self.documents.sort()
        objects, words = zip(*self.documents, strict=True)
        self.blocks[search_documents.name] = Block.of([(None, *each) for each in objects])
        self.blocks[search_index.name] = Block.of(words)
        self.documents.clear()

    def packed(self) -> bytes:
        """For another process: several times faster than pickle does it."""
        grants = [msgspec.structs.astuple(grant) for grant in self.grants]
        versions = [(stream.kind, stream.owner, version) for stream, version in self.versions]
        # SQLAlchemy's names are a sort of str.
        blocks = {str.__str__(table): (block.shared, block.rows) for table, block in self.blocks.items()}
        return marshal.dumps((blocks, versions, grants, self.moments))

    @classmethod
    def unpacked(cls, packed: bytes) -> "Written":
        """What `packed` has packed."""
        blocks, versions, grants, moments = marshal.loads(packed)  # noqa: S302 - from our own process
        reached = [(Stream(kind, owner), version) for kind, owner, version in versions]
        held = {table: Block(shared, rows) for table, (shared, rows) in blocks.items()}
        return cls(blocks=held, versions=reached, grants=[GrantRow(*grant) for grant in grants], moments=moments)

    def add(self, ledger: Ledger) -> None:
        """The rows, entries and version of one stream."""
        for name, rows in ledger.encoded().items():
            self.rows.setdefault(name, []).extend(rows)
        self.rows.setdefault(changes.name, []).extend(ledger.entries)
        stream = (ledger.stream.kind, id_bytes(ledger.stream.owner), len(ledger.entries), ledger.said)
        self.rows.setdefault(streams.name, []).append(stream)
        self.versions.append((ledger.stream, len(ledger.entries)))

    def add_workspace(
        self,
        ledger: Ledger,
        people: Sequence[Person],
        ids: Ids,
        now: datetime,
        started: Mapping[str, datetime] = MappingProxyType({}),
    ) -> None:
        """A workspace's stream with what follows from it: links, search, statistics, who hears of what, who sees it.

        `people` are its members; `started` says when work on a task began, by its id,
        where that was later than the task.
        """
        self.add(ledger)
        tasks = ledger.rows(TASK)
        began = {row.id: row.created_at for row in tasks if row.status_category == "in_progress"} | dict(started)
        self._index([task_document(row) for row in tasks])
        self._index([comment_document(row) for row in ledger.rows(COMMENT)])
        self._index([project_document(row) for row in ledger.rows(PROJECT)])
        self._count(ledger.stream.owner, tasks, now, began)
        self.rows.setdefault(begun.name, []).extend(
            (id_bytes(ledger.stream.owner), id_bytes(task_id), microseconds_of(at)) for task_id, at in began.items()
        )
        self._set_alarms(alarms_after(tasks, {person.id: person.zone for person in people}, now))
        self._grant(ledger, ids)

    def _index(self, documents: list[Document | None]) -> None:
        self.documents.extend(
            (
                (id_bytes(found.workspace_id), found.kind, id_bytes(found.id)),
                (
                    _scope_words(found.workspace_id, found.project_id),
                    _text_words(found.title),
                    _text_words(found.body),
                ),
            )
            for found in documents
            if found is not None
        )

    def _count(self, workspace_id: str, tasks: list[TaskRow], now: datetime, started: Mapping[str, datetime]) -> None:
        count: Counter[Place] = Counter()
        owner, below = id_bytes(workspace_id), fading_before(now)
        for row in tasks:
            count.update(places(_facts_of(row, started.get(row.id)), below))
        self.rows.setdefault(counters.name, []).extend(
            (owner, id_bytes(project_id), id_bytes(person_id), measure, bucket, number)
            for (project_id, person_id, measure, bucket), number in sorted(count.items())
        )

    def _set_alarms(self, rings: Sequence[Alarm]) -> None:
        self.rows.setdefault(alarms.name, []).extend(alarm_rows(rings))
        self.moments.update(microseconds_of(alarm.fires_at) for alarm in rings)

    def _grant(self, ledger: Ledger, ids: Ids) -> None:
        workspace_id = ledger.stream.owner
        listed: dict[str, dict[str, Level]] = {}
        for row in ledger.rows(PROJECT_MEMBER):
            listed.setdefault(row.user_id, {})[row.project_id] = row.level
        for member in ledger.rows(MEMBER):
            person = Member(member.id, workspace_id, member.role)
            levels: dict[str, Level] = {}
            for project in ledger.rows(PROJECT):
                level = person.level(project.access, listed.get(member.id, {}).get(project.id))
                if level is not None:
                    levels[project.id] = level
            for scope in sorted(Access(person, levels).scopes()):
                held = levels.get(scope.removeprefix("project:"), member.role)
                grant_id = ids.at(member.joined_at)
                self.grants.append(GrantRow(member.id, grant_id, workspace_id, scope, held, 1))


def tell_access(people: list[Person], grants: list[GrantRow], ids: Ids) -> Written:
    """The access streams of people who were granted scopes."""
    written = Written()
    joined: dict[str, datetime] = {person.id: person.joined for person in people}
    ledgers: dict[str, Ledger] = {}
    for row in grants:
        ledger = ledgers.setdefault(row.user_id, Ledger(access_stream(row.user_id), ids))
        ledger.keep(GRANT, row)
        ledger.tell(GRANT, row, "enter", GRANT.fields(row), {}, joined[row.user_id], row.user_id)
    for ledger in ledgers.values():
        written.add(ledger)
    return written.settle()


def _facts_of(row: TaskRow, started: datetime | None) -> Facts:
    return Facts(
        row.workspace_id,
        row.id,
        row.project_id,
        row.status,
        row.status_category,
        row.priority,
        row.assignee_ids,
        row.due_date,
        row.due_at,
        row.created_at,
        started,
        row.completed_at,
        row.trashed_at,
    )
