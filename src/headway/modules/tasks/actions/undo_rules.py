"""What each kind asks of an undo beside the level: no rule of its own actions is passed by."""

from typing import Any

from headway.changes.work import Work
from headway.modules.tasks.actions import labels, statuses, views
from headway.modules.tasks.domain.access import Member
from headway.modules.tasks.store.labels import LabelRow
from headway.modules.tasks.store.projects import StatusRow
from headway.modules.tasks.store.views import ViewRow


async def before_taking_away(work: Work, member: Member, row: Any) -> None:  # Any: a row of any kind
    """Forbidden or Conflict when what was made may not go."""
    if isinstance(row, ViewRow):
        views.check_may_delete(member, row)
    elif isinstance(row, StatusRow):
        await statuses.check_unused(work, row)
    elif isinstance(row, LabelRow):
        await labels.take_off_unseen(work, row)


async def after_restoring(work: Work, member: Member, before: Any, after: Any) -> None:  # Any: rows of any kind
    """Forbidden or Conflict when it may not be as it was. `before` is None for what had been deleted."""
    if isinstance(after, ViewRow) and before is not None:
        views.check_may_share(member, before, after)
    elif isinstance(after, StatusRow):
        await statuses.check_free_name(work, after)
    elif isinstance(after, LabelRow):
        await labels.check_free_name(work, after.name, after.id)
