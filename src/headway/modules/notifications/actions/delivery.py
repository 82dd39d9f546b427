"""News goes into the inboxes of those who may know and want to, and is queued for their mail."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

import msgspec

from headway.changes.work import Work
from headway.modules.auth.contracts import Accounts
from headway.modules.notifications.contracts import Sight
from headway.modules.notifications.domain.kinds import Channels, channels_of, weight
from headway.modules.notifications.domain.news import MAIL_AFTER, TOGETHER, News, Told, told
from headway.modules.notifications.store import notifications, waiting_mail
from headway.modules.notifications.store.notifications import NOTIFICATION, NotificationRow
from headway.modules.notifications.store.preferences import MUTES_AMONG, PREFERENCES_OF, Choices
from headway.modules.notifications.store.schema import inbox_stream
from headway.modules.notifications.store.waiting_mail import WaitingMail
from headway.platform.db.port import Transaction
from headway.platform.db.statement import insert_into
from headway.platform.ids import derived_id
from headway.platform.jobs import enqueue

MAIL_JOB: Final = "notifications.mail"


class MailTo(msgspec.Struct, frozen=True):
    """Whose waiting news is to be mailed."""

    user_id: str


@dataclass
class Delivery:
    """Hands over the news of one transaction. Everybody is looked up once."""

    tx: Transaction
    accounts: Accounts
    sight: Sight
    _choices: dict[str, Choices | None] = field(default_factory=dict)

    async def deliver(self, news: Iterable[News]) -> None:
        """Tell everybody once of what was done at once."""
        groups: dict[tuple[str, str], list[News]] = {}
        for each in news:
            if each.user_id != each.actor_id:
                groups.setdefault((each.action_id, each.user_id), []).append(each)
        for (_, user_id), group in groups.items():
            choices = await self._choices_of(user_id)
            heard = [] if choices is None else [each for each in group if await self._may_hear(choices, each)]
            if choices is not None and heard:
                await self._tell(told(heard), choices)

    async def _choices_of(self, user_id: str) -> Choices | None:
        """What somebody chose; None for those who are told nothing: suspended, erased or unknown."""
        if user_id not in self._choices:
            account = await self.accounts.by_id(self.tx, user_id)
            row = await self.tx.row(PREFERENCES_OF, user_id=user_id)
            active = account is not None and account.state == "active"
            self._choices[user_id] = (row.choices if row else {}) if active else None
        return self._choices[user_id]

    async def _may_hear(self, choices: Choices, news: News) -> bool:
        if channels_of(choices, news.kind) == Channels(in_app=False, mail=False):
            return False
        if news.task_id is None:
            return True
        project_id = await self.sight.project_of(self.tx, news.user_id, news.workspace_id, news.task_id)
        if project_id is None:
            return False
        if news.kind == "reminder":  # somebody asked for this one in particular
            return True
        places = [news.task_id, project_id, news.workspace_id]
        return not await self.tx.rows(MUTES_AMONG, user_id=news.user_id, ids=places)

    async def _tell(self, what: Told, choices: Choices) -> None:
        wanted = channels_of(choices, what.news.kind)
        row = _row(what)
        if wanted.in_app:
            row = await self._into_inbox(row, what)
        if wanted.mail:
            await self._wait_for_mail(row)

    async def _into_inbox(self, fresh: NotificationRow, what: Told) -> NotificationRow:
        work = Work(self.tx, inbox_stream(fresh.user_id), fresh.actor_id, fresh.created_at)
        held = await self._recent(fresh)
        if held is None:
            row = await work.insert(NOTIFICATION, fresh)
        else:
            row = await work.update(NOTIFICATION, held, **_joined(held, what))
        await work.finish()
        return row

    async def _recent(self, fresh: NotificationRow) -> NotificationRow | None:
        """The notification that this belongs to: of the same action, or an unread one of the same task just now."""
        same = await self.tx.row(notifications.BY_ID, user_id=fresh.user_id, id=fresh.id)
        if same is not None or fresh.task_id is None:
            return same
        where = {"user_id": fresh.user_id, "task_id": fresh.task_id}
        since = fresh.created_at - TOGETHER
        return await self.tx.row(notifications.UNREAD_OF_TASK_SINCE, **where, since=since)

    async def _wait_for_mail(self, row: NotificationRow) -> None:
        mail = WaitingMail(
            row.user_id,
            row.id,
            row.kind,
            row.workspace_id,
            row.task_id,
            row.actor_id,
            row.title,
            row.count,
            row.created_at + MAIL_AFTER,
        )
        await self.tx.execute(waiting_mail.DROP, of_user=row.user_id, ids=[row.id])
        await self.tx.execute(insert_into(waiting_mail.waiting_mail), **msgspec.structs.asdict(mail))
        await enqueue(self.tx, MAIL_JOB, MailTo(row.user_id), mail.ready_at, key=row.user_id)


def _row(what: Told) -> NotificationRow:
    news = what.news
    return NotificationRow(
        user_id=news.user_id,
        id=derived_id("notification", news.user_id, news.action_id),
        kind=news.kind,
        workspace_id=news.workspace_id,
        task_id=what.task_id,
        comment_id=news.comment_id if what.task_id else None,
        actor_id=news.actor_id,
        title=news.title,
        count=what.count,
        created_at=news.at,
        updated_at=news.at,
        read_at=None,
        version=1,
    )


def _joined(held: NotificationRow, what: Told) -> dict[str, object]:
    """What changes in a notification when more is told with it: the weightier of both is what it says."""
    news = what.news
    changes: dict[str, object] = {"count": held.count + what.count, "read_at": None}
    if weight(news.kind) <= weight(held.kind):
        changes |= {
            "kind": news.kind,
            "actor_id": news.actor_id,
            "comment_id": news.comment_id,
            "title": news.title,
        }
    return changes
