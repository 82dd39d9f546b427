"""What of the log is news, and to whom. Nobody is told of what they did themselves."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from headway.modules.notifications.domain.followed import Followed
from headway.modules.notifications.domain.kinds import NewsKind, weight

TOGETHER: Final = timedelta(minutes=5)
"""News of a task within this time of an unread one is told with it."""

MAIL_AFTER: Final = timedelta(minutes=15)
"""What is still unread after this time is mailed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One thing to tell one person. `actor_id` None: the clock. `action_id`: what was done at once is told at once."""

    user_id: str
    kind: NewsKind
    actor_id: str | None
    action_id: str
    workspace_id: str
    task_id: str | None
    comment_id: str | None = None
    title: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """News as it is told: of one task, or of `count` tasks that one action changed (`task_id` is None then)."""

    news: News
    task_id: str | None
    count: int


def of_task(before: Followed | None, after: Followed, mentioned: Iterable[str]) -> Iterator[tuple[str, NewsKind]]:
    """Who is told what of a change of a task: `mentioned` are the people whom its description newly names."""
    if after.trashed_at is not None:
        return
    for user_id in mentioned:
        yield user_id, "mentioned"
    known = before.assignee_ids if before else ()
    for user_id in after.assignee_ids:
        if user_id not in known:
            yield user_id, "assigned"
    if before is not None and before.status_category != "completed" and after.status_category == "completed":
        for user_id in after.watcher_ids:
            yield user_id, "completed"


def of_comment(task: Followed | None, mentioned: Sequence[str], *, is_new: bool) -> Iterator[tuple[str, NewsKind]]:
    """Who is told what of a comment: people whom it newly names, and when it is new, whoever watches the task."""
    for user_id in mentioned:
        yield user_id, "mentioned"
    if is_new and task is not None:
        for user_id in task.watcher_ids:
            if user_id not in mentioned:
                yield user_id, "commented"


def told(group: Sequence[News]) -> Told:
    """News of one action for one person as one: the weightiest speaks for all."""
    loudest = min(group, key=lambda each: weight(each.kind))
    tasks = {each.task_id for each in group}
    if len(tasks) > 1:
        return Told(news=loudest, task_id=None, count=len(tasks))
    return Told(news=loudest, task_id=loudest.task_id, count=1)
