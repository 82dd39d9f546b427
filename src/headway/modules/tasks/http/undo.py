"""The route of undo."""

from typing import Final

from headway.changes.writes import Write
from headway.modules.tasks import service
from headway.modules.tasks.actions.undo import undo
from headway.modules.tasks.contracts.undo import Undone, UndoRequest
from headway.platform.web.routes import Route

ROUTES: Final[tuple[Route, ...]] = (
    Write(
        method="POST",
        path="/undo",
        body=UndoRequest,
        act=undo,
        locate=service.by_action,
        enter=service.enter_workspace,
        needs="project:edit",
        tag="undo",
        answer=Undone,
        codes=("changed_since", "not_undoable", "has_tasks", "last_status", "name_taken"),
    ),
)
