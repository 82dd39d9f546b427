"""Routes of reminders."""

from headway.changes.writes import Write
from headway.modules.tasks import service
from headway.modules.tasks.actions.reminders import Reminding, delete_reminder
from headway.modules.tasks.contracts import reminders as contracts
from headway.modules.tasks.queries import reminders as queries
from headway.platform.web.routes import Read, Route


def routes(reminding: Reminding) -> tuple[Route, ...]:
    """The table."""
    return (
        Read(
            path="/tasks/{task_id}/reminders",
            act=queries.list_reminders,
            needs="project:view",
            tag="reminders",
            answer=contracts.ReminderList,
        ),
        Write(
            method="POST",
            path="/tasks/{task_id}/reminders",
            body=contracts.NewReminder,
            act=reminding.create_reminder,
            locate=service.by_task,
            enter=service.enter_workspace,
            needs="project:view",
            tag="reminders",
            answer=contracts.Reminder,
            status=201,
            codes=("too_many_reminders", "id_taken", "in_trash"),
        ),
        Write(
            method="DELETE",
            path="/reminders/{reminder_id}",
            act=delete_reminder,
            locate=service.by("reminder"),
            enter=service.enter_workspace,
            needs="project:view",
            tag="reminders",
            status=204,
        ),
    )
