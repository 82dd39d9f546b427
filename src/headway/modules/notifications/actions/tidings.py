"""What the entries of a workspace make of the tasks that are followed, and which news they are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from headway.changes.contracts import Recorded
from headway.modules.auth.contracts import Accounts
from headway.modules.notifications.actions.alarms import Alarms
from headway.modules.notifications.contracts import Sight
from headway.modules.notifications.domain.followed import Followed, folded
from headway.modules.notifications.domain.kinds import NewsKind
from headway.modules.notifications.domain.news import News, of_comment, of_task
from headway.modules.notifications.store import followed
from headway.modules.tasks.contracts.mentions import mentioned_in
from headway.platform.db.port import Transaction


@dataclass
class Tidings:
    """Reads one batch of one workspace's entries, in order; `news` is what there is to tell."""

    tx: Transaction
    workspace_id: str
    accounts: Accounts
    sight: Sight
    alarms: Alarms
    news: list[News] = field(default_factory=list)
    _recurring: frozenset[str] = frozenset()

    async def read(self, entries: Sequence[Recorded]) -> None:
        """Fold the entries, set alarms, collect news."""
        self._recurring = frozenset(_successions(entries))
        for recorded in entries:
            match recorded.entry.kind:
                case "task":
                    await self._task(recorded)
                case "comment":
                    await self._comment(recorded)
                case "reminder":
                    await self.alarms.follow_reminder(self.workspace_id, recorded)
                case "invitation":
                    await self._invitation(recorded)

    async def _task(self, recorded: Recorded) -> None:
        entry = recorded.entry
        if entry.op == "leave":
            return
        before = None if entry.op == "create" else await self._followed(entry.id)
        after = None
        if entry.op != "delete":
            after = folded(before, self.workspace_id, entry.id, entry.fields)
        await followed.keep(self.tx, before, after)
        await self.alarms.follow_task(before, after, entry.at)
        if after is not None and (before is not None or entry.op == "create") and self._is_news(recorded):
            self._add(recorded, after, of_task(before, after, _newly_mentioned(recorded)))

    async def _comment(self, recorded: Recorded) -> None:
        entry = recorded.entry
        if entry.op not in {"create", "update"} or not self._is_news(recorded):
            return
        named = [
            user_id
            for user_id in entry.fields.get("mention_ids", ())
            if user_id not in recorded.before.get("mention_ids", ())
        ]
        task = await self._followed(recorded.subject)
        if task is not None:
            self._add(recorded, task, of_comment(task, named, is_new=entry.op == "create"), entry.id)

    async def _invitation(self, recorded: Recorded) -> None:
        """Whoever is invited and has an account is told; sent again, it is news again."""
        entry = recorded.entry
        email = entry.fields.get("email")  # missing once it is forgotten
        if entry.op == "create" and email is not None and self._is_news(recorded):
            account = await self.accounts.by_email(self.tx, email)
            if account is not None:
                name = await self.sight.workspace_name(self.tx, self.workspace_id)
                self.news.append(self._one(recorded, account.id, "invited", name, None))

    def _is_news(self, recorded: Recorded) -> bool:
        """What people did themselves: no undo, no import, and not what a recurrence makes of itself."""
        return recorded.origin == "person" and not (
            recorded.entry.op == "create" and recorded.entry.action_id in self._recurring
        )

    def _add(
        self,
        recorded: Recorded,
        task: Followed,
        found: Iterator[tuple[str, NewsKind]],
        comment_id: str | None = None,
    ) -> None:
        for user_id, kind in found:
            self.news.append(self._one(recorded, user_id, kind, task.title, task.task_id, comment_id))

    def _one(
        self,
        recorded: Recorded,
        user_id: str,
        kind: NewsKind,
        title: str,
        task_id: str | None,
        comment_id: str | None = None,
    ) -> News:
        entry = recorded.entry
        return News(
            user_id=user_id,
            kind=kind,
            actor_id=entry.actor,
            action_id=entry.action_id,
            workspace_id=self.workspace_id,
            task_id=task_id,
            comment_id=comment_id,
            title=title,
            at=entry.at,
        )

    async def _followed(self, task_id: str) -> Followed | None:
        return await self.tx.row(followed.TASK, workspace_id=self.workspace_id, task_id=task_id)


def _newly_mentioned(recorded: Recorded) -> list[str]:
    """People whom a task's description names now and did not name before."""
    entry = recorded.entry
    if "description" not in (entry.fields if entry.op == "create" else recorded.before):
        return []  # a task that moves is told whole: what it does not say was otherwise before is as it was
    before = mentioned_in(recorded.before.get("description", ""))
    return [user_id for user_id in mentioned_in(entry.fields["description"]) if user_id not in before]


def _successions(entries: Sequence[Recorded]) -> Iterator[str]:
    """Actions in which a recurring task got its successor, which its people need not be told of."""
    for recorded in entries:
        entry = recorded.entry
        if entry.kind == "task" and entry.op == "create" and entry.fields.get("occurrence", 1) > 1:
            yield entry.action_id
