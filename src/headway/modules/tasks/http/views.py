"""Routes of saved views."""

from typing import Final

from headway.changes.writes import Write
from headway.modules.tasks import service
from headway.modules.tasks.actions import views as actions
from headway.modules.tasks.contracts import views as contracts
from headway.modules.tasks.queries import views as queries
from headway.platform.web.routes import Read, Route

ROUTES: Final[tuple[Route, ...]] = (
    Read(
        path="/views",
        query=queries.ViewQuery,
        act=queries.list_views,
        needs="self",
        tag="views",
        answer=contracts.ViewList,
    ),
    Write(
        method="POST",
        path="/views",
        body=contracts.NewView,
        act=actions.create_view,
        locate=service.by_home,
        enter=service.enter_workspace,
        needs="workspace:see",
        tag="views",
        answer=contracts.View,
        status=201,
        codes=("too_many_views", "id_taken"),
    ),
    Read(
        path="/views/{view_id}",
        act=queries.get_view,
        needs="workspace:see",
        tag="views",
        answer=contracts.View,
    ),
    Write(
        method="PATCH",
        path="/views/{view_id}",
        body=contracts.ViewPatch,
        act=actions.change_view,
        locate=service.by("view"),
        enter=service.enter_workspace,
        needs="workspace:see",
        tag="views",
        answer=contracts.View,
    ),
    Write(
        method="DELETE",
        path="/views/{view_id}",
        act=actions.delete_view,
        locate=service.by("view"),
        enter=service.enter_workspace,
        needs="workspace:see",
        tag="views",
        status=204,
    ),
)
