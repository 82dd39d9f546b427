"""Every kind of object that a workspace stream holds, in the order in which a snapshot tells them."""

from typing import Any, Final

from headway.changes.work import Kind
from headway.modules.tasks.store.attachments import ATTACHMENT
from headway.modules.tasks.store.checklist import CHECKLIST_ITEM
from headway.modules.tasks.store.comments import COMMENT
from headway.modules.tasks.store.invitations import INVITATION
from headway.modules.tasks.store.labels import LABEL
from headway.modules.tasks.store.projects import PROJECT, PROJECT_MEMBER, STATUS
from headway.modules.tasks.store.relations import RELATION
from headway.modules.tasks.store.reminders import REMINDER
from headway.modules.tasks.store.tasks import TASK
from headway.modules.tasks.store.transfers import TRANSFER
from headway.modules.tasks.store.views import VIEW
from headway.modules.tasks.store.workspaces import MEMBER, WORKSPACE

_IN_ORDER: Final = (
    WORKSPACE,
    MEMBER,
    INVITATION,
    LABEL,
    PROJECT,
    PROJECT_MEMBER,
    STATUS,
    VIEW,
    TASK,
    CHECKLIST_ITEM,
    RELATION,
    ATTACHMENT,
    REMINDER,
    COMMENT,
    TRANSFER,
)

# Any: the kinds have different rows; who looks one up by name knows only that it is a row.
KINDS: Final[dict[str, Kind[Any]]] = {kind.name: kind for kind in _IN_ORDER}
