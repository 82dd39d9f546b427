"""Routes of comments."""

from typing import Final

from headway.changes.writes import Write
from headway.modules.tasks import service
from headway.modules.tasks.actions import comments as actions
from headway.modules.tasks.contracts import comments as contracts
from headway.modules.tasks.queries import comments as queries
from headway.platform.web.routes import Read, Route

ROUTES: Final[tuple[Route, ...]] = (
    Read(
        path="/tasks/{task_id}/comments",
        query=queries.CommentsQuery,
        act=queries.list_comments,
        needs="project:view",
        tag="comments",
        answer=contracts.CommentPage,
        slow=True,
    ),
    Write(
        method="POST",
        path="/tasks/{task_id}/comments",
        body=contracts.NewComment,
        act=actions.create_comment,
        locate=service.by_task,
        enter=service.enter_workspace,
        needs="project:comment",
        tag="comments",
        answer=contracts.Comment,
        status=201,
        codes=("id_taken", "in_trash"),
    ),
    Read(
        path="/comments/{comment_id}",
        query=queries.CommentQuery,
        act=queries.get_comment,
        needs="project:view",
        tag="comments",
        answer=contracts.Comment,
        slow=True,
    ),
    Write(
        method="PATCH",
        path="/comments/{comment_id}",
        body=contracts.CommentPatch,
        act=actions.change_comment,
        locate=service.by("comment"),
        enter=service.enter_workspace,
        needs="project:comment",
        tag="comments",
        answer=contracts.Comment,
        codes=("merged_too_long",),
    ),
    Write(
        method="DELETE",
        path="/comments/{comment_id}",
        act=actions.delete_comment,
        locate=service.by("comment"),
        enter=service.enter_workspace,
        needs="project:comment",
        tag="comments",
        status=204,
    ),
)
