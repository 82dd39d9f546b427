"""Every kind of object that a workspace stream holds, in the order in which a snapshot tells them."""

from typing import Any, Final

from headway.changes.work import Kind
from headway.modules.tasks.store.projects import PROJECT, PROJECT_MEMBER, STATUS
from headway.modules.tasks.store.tasks import TASK
from headway.modules.tasks.store.workspaces import MEMBER, WORKSPACE

_IN_ORDER: Final = (WORKSPACE, MEMBER, PROJECT, PROJECT_MEMBER, STATUS, TASK)

# Any: the kinds have different rows; who looks one up by name knows only that it is a row.
KINDS: Final[dict[str, Kind[Any]]] = {kind.name: kind for kind in _IN_ORDER}
