"""Routes of labels."""

from typing import Final

from headway.changes.writes import Write
from headway.modules.tasks import service
from headway.modules.tasks.actions import labels as actions
from headway.modules.tasks.contracts import labels as contracts
from headway.modules.tasks.queries import labels as queries
from headway.platform.web.routes import Read, Route

ROUTES: Final[tuple[Route, ...]] = (
    Read(
        path="/labels",
        query=queries.LabelQuery,
        act=queries.list_labels,
        needs="self",
        tag="labels",
        answer=contracts.LabelList,
    ),
    Write(
        method="POST",
        path="/labels",
        body=contracts.NewLabel,
        act=actions.create_label,
        locate=service.by_home,
        enter=service.enter_workspace,
        needs="workspace:member",
        tag="labels",
        answer=contracts.Label,
        status=201,
        codes=("name_taken", "too_many_labels", "id_taken"),
    ),
    Read(
        path="/labels/{label_id}",
        act=queries.get_label,
        needs="workspace:see",
        tag="labels",
        answer=contracts.Label,
    ),
    Write(
        method="PATCH",
        path="/labels/{label_id}",
        body=contracts.LabelPatch,
        act=actions.change_label,
        locate=service.by("label"),
        enter=service.enter_workspace,
        needs="workspace:member",
        tag="labels",
        answer=contracts.Label,
        codes=("name_taken",),
    ),
    Write(
        method="DELETE",
        path="/labels/{label_id}",
        body=contracts.LabelDeletion,
        act=actions.delete_label,
        locate=service.by("label"),
        enter=service.enter_workspace,
        needs="workspace:member",
        tag="labels",
        status=204,
    ),
)
