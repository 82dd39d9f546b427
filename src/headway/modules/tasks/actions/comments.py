"""Comments on tasks, and the people whom they mention."""

from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from headway.changes.work import Work
from headway.modules.tasks.actions.history import text_at
from headway.modules.tasks.actions.tasks.people import together
from headway.modules.tasks.actions.tasks.trash import live_task
from headway.modules.tasks.contracts.comments import Comment, CommentPatch, NewComment
from headway.modules.tasks.domain import limits
from headway.modules.tasks.domain.access import Member
from headway.modules.tasks.domain.markdown import mentions
from headway.modules.tasks.domain.merge import merge
from headway.modules.tasks.store import comments, scoped
from headway.modules.tasks.store.comments import COMMENT, CommentRow
from headway.modules.tasks.store.projects import ProjectRow
from headway.modules.tasks.store.tasks import TASK
from headway.modules.tasks.views import same
from headway.platform.ids import new_id
from headway.platform.problems import Conflict, Forbidden, Invalid


async def create_comment(work: Work, member: Member, body: NewComment, *, task_id: str) -> Comment:
    """Comment on a task. Who comments watches the task from then on, and so do those who are mentioned and see it.

    Who is mentioned but does not see the task is told nothing; the answer lists them, so that it can be shared.
    """
    task, project = await live_task(work, member, task_id, "comment")
    seeing, no_access = await _mentioned(work, project, body.body)
    row = CommentRow(
        workspace_id=task.workspace_id,
        id=body.id or new_id(),
        task_id=task.id,
        project_id=task.project_id,
        body=body.body,
        mention_ids=seeing,
        created_by=member.user_id,
        created_at=work.now,
        edited_at=None,
        version=1,
    )
    await work.insert(COMMENT, row)
    await work.update(TASK, task, watcher_ids=together(task.watcher_ids, (member.user_id, *seeing)))
    return replace(same(row, Comment), no_access=no_access)


async def change_comment(work: Work, member: Member, body: CommentPatch, *, comment_id: str) -> Comment:
    """Change one's own comment."""
    row = await scoped.within(work.tx, member, comments.COMMENT_BY_ID, comment_id, "comment", "comment")
    if row.created_by != member.user_id:
        raise Forbidden("not_yours", "Only who wrote a comment may change it.")
    work.check_version(row)
    text, conflict = await _merged(work, row, body)
    task, project = await scoped.task(work.tx, member, row.task_id, "comment")
    seeing, no_access = await _mentioned(work, project, text)
    if text != row.body:
        row = await work.update(COMMENT, row, body=text, mention_ids=seeing, edited_at=work.now)
        await work.update(TASK, task, watcher_ids=together(task.watcher_ids, seeing))
    return replace(same(row, Comment), no_access=no_access, merge_conflict=conflict)


async def delete_comment(work: Work, member: Member, _body: None, *, comment_id: str) -> None:
    """Delete a comment: one's own, or as an admin anybody's."""
    row = await scoped.within(work.tx, member, comments.COMMENT_BY_ID, comment_id, "comment", "comment")
    if row.created_by != member.user_id and not member.has_role("admin"):
        raise Forbidden("not_yours", "Only who wrote a comment, and admins, may delete it.")
    work.check_version(row)
    await work.delete(COMMENT, row)


async def _mentioned(work: Work, project: ProjectRow, text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The people that a text mentions: those who see the project, and those who don't."""
    seeing: list[str] = []
    blind: list[str] = []
    for mention in mentions(text):
        user_id = str(mention)
        (seeing if await scoped.sees(work.tx, user_id, project) else blind).append(user_id)
    return tuple(seeing), tuple(blind)


async def _merged(work: Work, row: CommentRow, body: CommentPatch) -> tuple[str, bool | UnsetType]:
    """The text to keep, and whether it replaced what somebody else had made of the same lines."""
    base = await _edited_text(work, row, body)
    if row.body in (base, body.body):
        return body.body, UNSET
    merged = merge(base if base is not None else "", body.body, row.body)
    if len(merged.text) > limits.COMMENT_LENGTH:
        raise Conflict("merged_too_long", "Somebody else changed this too, and both together are too long.")
    return merged.text, merged.conflict or UNSET


async def _edited_text(work: Work, row: CommentRow, body: CommentPatch) -> str | None:
    """The text that was edited: the newest, unless the request says; None when the log does not reach back that far."""
    if body.base_body is not None or body.base_version is None:
        return body.base_body or row.body
    if body.base_version > row.version:
        raise Invalid.field("base_version", "unknown_version", f"the comment is at version {row.version}")
    return await text_at(work, row.task_id, row.id, "body", row.body, body.base_version)
