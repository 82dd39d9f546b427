"""Tasks that others have given to the first person, what was said about them, and what she was told of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, Literal

from headway.entrypoints.demo.desk import Item, laid_on_desk
from headway.entrypoints.demo.ledger import Ids, Ledger, microseconds_of
from headway.entrypoints.demo.people import Person
from headway.modules.notifications.domain.alarms import due_morning
from headway.modules.notifications.domain.kinds import NewsKind
from headway.modules.notifications.store.notifications import NOTIFICATION, NotificationRow
from headway.modules.notifications.store.schema import inbox_stream
from headway.modules.tasks.store.comments import COMMENT, CommentRow
from headway.modules.tasks.store.tasks import TASK, TaskRow

Event = tuple[int, int, Literal["make", "start", "finish", "drop", "say", "ring"]]
"""When (microseconds since 1970), to which of a team's tasks, and what."""

CAUGHT_UP: Final = timedelta(days=2)
"""How long before the story's end she last went through her notifications."""
READ_AFTER: Final = timedelta(hours=3)


class Given:
    """Some of a team's tasks, the first ones by number."""

    def __init__(self, items: Sequence[Item], person: Person, ledger: Ledger, ids: Ids, now: datetime) -> None:
        self.inbox = Ledger(inbox_stream(person.id), ids)
        self._items = items
        self._person = person
        self._ledger = ledger
        self._ids = ids
        self._now = now

    def __contains__(self, number: int) -> bool:
        return number < len(self._items)

    def life(self, number: int) -> list[Event]:
        """When it is made, spoken of, and due."""
        item, now, zone = self._items[number], self._now, self._person.zone
        made = item.moment_made(now)
        events: list[Event] = [(microseconds_of(made), number, "make")]
        if item.says:
            events.append((microseconds_of(item.moment_said(now)), number, "say"))
        rings = due_morning(item.day_due(now), item.due_at(now, zone), zone)
        if rings is not None and made < rings < now:
            events.append((microseconds_of(rings), number, "ring"))
        return events

    def make(self, number: int, row: TaskRow) -> TaskRow:
        """Make what was to be any task one of hers."""
        task = laid_on_desk(row, self._items[number], self._person, self._now)
        self._tell("assigned", task, task.created_at, task.created_by)
        return self._ledger.insert(TASK, task, task.created_at, task.created_by)

    def go_on(self, number: int, task: TaskRow, at: datetime, what: str) -> None:
        """The moments after it was made."""
        if what == "ring":
            self._tell("due", task, at, None)
        elif what == "say" and task.created_by != self._person.id:
            self._say(self._items[number], task, at)

    def _say(self, item: Item, task: TaskRow, at: datetime) -> None:
        person, comment_id = self._person, self._ids.at(at)
        body = f"[@{person.name}](headway:user/{person.id}) {item.says}" if item.named else item.says
        named = (person.id,) if item.named else ()
        where = (task.workspace_id, comment_id, task.id, task.project_id)
        self._ledger.insert(COMMENT, CommentRow(*where, body, named, task.created_by, at, None, 1), at, task.created_by)
        self._tell("mentioned" if item.named else "commented", task, at, task.created_by, comment_id)

    def _tell(self, kind: NewsKind, task: TaskRow, at: datetime, actor: str | None, comment: str | None = None) -> None:
        """Tell her of a task; not of what she did herself. `actor` None: the clock."""
        if actor == self._person.id:
            return
        read_at = at + READ_AFTER if at < self._now - CAUGHT_UP else None
        about = (task.workspace_id, task.id, comment, actor, task.title)
        row = NotificationRow(self._person.id, self._ids.at(at), kind, *about, 1, at, read_at or at, read_at, 1)
        self.inbox.insert(NOTIFICATION, row, at, actor)
