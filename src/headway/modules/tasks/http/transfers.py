"""Routes of moves between workspaces."""

from typing import Final

from headway.changes.writes import Write
from headway.modules.tasks import service
from headway.modules.tasks.actions.transfer import begin_transfer
from headway.modules.tasks.contracts.transfers import NewTransfer, Transfer
from headway.modules.tasks.queries.transfers import get_transfer
from headway.platform.web.routes import Read, Route

ROUTES: Final[tuple[Route, ...]] = (
    Write(
        method="POST",
        path="/tasks/{task_id}/transfer",
        body=NewTransfer,
        act=begin_transfer,
        locate=service.by_transfer,
        enter=service.enter_workspace,
        needs="project:edit",
        tag="tasks",
        answer=Transfer,
        status=202,
        codes=("same_workspace", "in_trash", "id_taken"),
    ),
    Read(
        path="/tasks/{task_id}/transfer",
        act=get_transfer,
        needs="self",
        tag="tasks",
        answer=Transfer,
    ),
)
