"""Routes of files on tasks."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Final

import msgspec

from headway.changes.writes import Operation, Performed, Write, Writer
from headway.modules.tasks import service
from headway.modules.tasks.actions import attachments as actions
from headway.modules.tasks.contracts import attachments as contracts
from headway.modules.tasks.http.downloads import download
from headway.modules.tasks.queries import attachments as queries
from headway.platform.db.port import Reader
from headway.platform.objects import ObjectStore
from headway.platform.problems import Problem
from headway.platform.web.decode import line
from headway.platform.web.fields import IdText
from headway.platform.web.routes import Asked, Endpoint, Read, Reply, Route

HEAD_BYTES: Final = 16


class UploadQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file's name, and an id for the attachment. The body is the file itself."""

    name: Annotated[str, line(255)]
    id: IdText | None = None


class DownloadQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`save`: a picture too is to be saved and not shown."""

    save: bool = False


@dataclass(frozen=True)
class Files:
    """What the routes need: `file_bytes` is what one file may have."""

    writer: Writer
    reader: Reader
    objects: ObjectStore
    attaching: actions.Attaching
    file_bytes: int

    async def upload(self, asked: Asked, query: UploadQuery, *, task_id: str) -> Reply:
        """Attach a file to a task: the body is the file itself, `Content-Type` says what it is."""
        key = asked.headers.get("idempotency-key")
        path = {"task_id": task_id}
        place = await self.writer.perform(asked.actor, Operation(_start(self.attaching), None, path))
        started = msgspec.json.decode(place.answer, type=contracts.StartedUpload)
        pieces = _Pieces(asked.upload)
        stored = await self.objects.put(started.key, aiter(pieces), self.file_bytes)
        declared = asked.headers.get("content-type", "")
        body = contracts.UploadedFile(query.name, declared, pieces.head, stored.size, stored.sha256, query.id)
        attach = _attach(self.attaching, started.file_id)
        try:
            attached = await self.writer.perform(asked.actor, Operation(attach, body, path, key))
        except Problem:
            await self.objects.delete(started.key)  # or who is refused again and again would fill the disk
            raise
        if attached.action_id is None:
            await self.objects.delete(started.key)  # a repeat: the first file is the one
        return _created(attached)

    async def content(self, asked: Asked, query: DownloadQuery, *, attachment_id: str) -> Reply:
        """Read a file, whole or in ranges. Only pictures are shown by a browser; all else is saved."""
        file = await queries.stored_file(self.reader, asked.actor, attachment_id)
        return await download(self.objects, file, asked.headers, save=query.save)

    async def thumbnail(self, asked: Asked, _query: None, *, attachment_id: str) -> Reply:
        """Read the thumbnail of a picture: a WebP of 400 pixels at most."""
        file = await queries.stored_thumbnail(self.reader, asked.actor, attachment_id)
        return await download(self.objects, file, asked.headers, save=False)


class _Pieces:
    """A body as it comes, with its first bytes remembered."""

    def __init__(self, body: bytes | AsyncIterator[bytes] | None) -> None:
        self._body = body
        self.head = b""

    async def __aiter__(self) -> AsyncIterator[bytes]:
        if isinstance(self._body, AsyncIterator):
            async for piece in self._body:
                self.head += piece[: HEAD_BYTES - len(self.head)]
                yield piece
        elif self._body:
            self.head = self._body[:HEAD_BYTES]
            yield self._body


def routes(files: Files) -> tuple[Route, ...]:
    """The table."""
    return (
        Read(
            path="/tasks/{task_id}/attachments",
            act=queries.list_attachments,
            needs="project:view",
            tag="attachments",
            answer=contracts.AttachmentList,
        ),
        Endpoint(
            method="POST",
            path="/tasks/{task_id}/attachments",
            query=UploadQuery,
            act=files.upload,
            needs="project:edit",
            tag="attachments",
            answer=contracts.Attachment,
            status=201,
            upload=files.file_bytes,
            codes=(
                "file_too_large",
                "empty_file",
                "too_many_attachments",
                "too_many_uploads",
                "workspace_full",
                "id_taken",
                "in_trash",
            ),
        ),
        Endpoint(
            method="GET",
            path="/attachments/{attachment_id}/content",
            query=DownloadQuery,
            act=files.content,
            needs="project:view",
            tag="attachments",
            codes=("range_not_satisfiable",),
            media_type="*/*",
        ),
        Endpoint(
            method="GET",
            path="/attachments/{attachment_id}/thumbnail",
            act=files.thumbnail,
            needs="project:view",
            tag="attachments",
            codes=("range_not_satisfiable",),
        ),
        Write(
            method="DELETE",
            path="/attachments/{attachment_id}",
            act=actions.delete_attachment,
            locate=service.by("attachment"),
            enter=service.enter_workspace,
            needs="project:edit",
            tag="attachments",
            status=204,
        ),
    )


def _start(attaching: actions.Attaching) -> Write:
    return Write(
        method="POST",
        path="/tasks/{task_id}/attachments",
        act=attaching.start,
        locate=service.by_task,
        enter=service.enter_workspace,
        needs="project:edit",
        tag="attachments",
        answer=contracts.StartedUpload,
    )


def _attach(attaching: actions.Attaching, file_id: str) -> Write:
    """The file's id stands in the act, so that a repeated upload is the same request."""
    return Write(
        method="POST",
        path="/tasks/{task_id}/attachments",
        body=contracts.UploadedFile,
        act=partial(attaching.attach, file_id=file_id),
        locate=service.by_task,
        enter=service.enter_workspace,
        needs="project:edit",
        tag="attachments",
        answer=contracts.Attachment,
        status=201,
    )


def _created(performed: Performed) -> Reply:
    made = msgspec.json.decode(performed.answer, type=contracts.Attachment)
    headers = {
        "headway-version": f"{performed.stream}={performed.version}",
        "etag": f'"{made.version}"',
    }
    return Reply(made, performed.status, headers)
