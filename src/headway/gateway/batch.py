"""POST /api/v1/batch: several writes in one request, as a client sends that was offline."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Annotated, Final

import msgspec

from headway.changes.contracts import Stream
from headway.changes.writes import GroupRefused, Operation, Performed, Write, Writer
from headway.gateway.asgi import encode
from headway.gateway.inputs import Template, query_in
from headway.gateway.permissions import check_actor
from headway.gateway.problems import members_of
from headway.platform.actor import Actor
from headway.platform.problems import Conflict, FieldError, Invalid, NotFound, Problem
from headway.platform.web.decode import decode_body, line
from headway.platform.web.routes import Asked, Endpoint, Method, Reply, Route

OPERATIONS: Final = 100


class BatchOperation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One write: `path` is below /api/v1, `key` does what Idempotency-Key does, `if_match` is a version."""

    key: Annotated[str, msgspec.Meta(pattern=r"^[\x21-\x7e]{1,128}$", examples=["k-1"])]
    method: Method
    path: Annotated[str, line(500), msgspec.Meta(examples=["/tasks"])]
    body: msgspec.Raw = msgspec.field(default_factory=lambda: msgspec.Raw(b"{}"))
    if_match: Annotated[int, msgspec.Meta(ge=0, le=2**53)] | None = None


class BatchRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Operations in the order in which they are to happen."""

    operations: Annotated[list[BatchOperation], msgspec.Meta(min_length=1, max_length=OPERATIONS)]


class BatchResult(msgspec.Struct, frozen=True):
    """What became of one operation: `body` is the answer, or a problem, or null after 204."""

    key: str
    status: int
    body: msgspec.Raw
    action_id: str | None = None


class BatchAnswer(msgspec.Struct, frozen=True):
    """One result for each operation, in order."""

    results: list[BatchResult]


@dataclass(frozen=True, slots=True)
class _Asked:
    """An operation that has been understood, and the text in which an earlier one's id could be named."""

    operation: Operation
    key: str
    text: str


@dataclass(slots=True)
class _Group:
    """Operations of one stream that follow one another. `created` are the ids that they bring into being."""

    stream: Stream
    members: list[_Asked] = field(default_factory=list)
    created: set[str] = field(default_factory=set)

    def add(self, asked: _Asked) -> None:
        """Take an operation in."""
        self.members.append(asked)
        made = getattr(asked.operation.body, "id", None)
        if isinstance(made, str):
            self.created.add(made)

    def explains(self, asked: _Asked) -> bool:
        """Whether an operation speaks of something that this group is about to create."""
        return any(made in asked.text for made in self.created)


Done = tuple[list[BatchResult], dict[str, int]]
"""The results, and the versions that streams have reached."""


class Batch:
    """Finds the writes that operations ask for, and runs them stream by stream."""

    def __init__(self, routes: Sequence[Route], writer: Writer) -> None:
        self._writer = writer
        writes = [(Template.of(route.path), route) for route in routes if isinstance(route, Write)]
        writes.sort(key=lambda pair: len(pair[0].names))  # /users/me before /users/{id}
        self._writes = [(_pattern(template), template, route) for template, route in writes]

    async def run(self, actor: Actor, operations: Sequence[BatchOperation]) -> Done:
        """Run them. Invalid, and nothing done, when one of them makes no sense."""
        asked = [self._understand(index, each) for index, each in enumerate(operations)]
        results: list[BatchResult] = []
        reached: dict[str, int] = {}
        group: _Group | None = None
        for each in asked:
            stream = await self._locate(actor, each, group)
            if isinstance(stream, NotFound) and group is not None:
                await self._flush(actor, group, results, reached)
                group, stream = None, await self._locate(actor, each, None)
            if group is not None and stream != group.stream:
                await self._flush(actor, group, results, reached)
                group = None
            if isinstance(stream, Problem):
                results.append(_refused(each, stream))
                continue
            group = group or _Group(stream)
            group.add(each)
        if group is not None:
            await self._flush(actor, group, results, reached)
        return results, reached

    def _understand(self, index: int, asked: BatchOperation) -> _Asked:
        place = f"operations.{index}"
        plain, _, query = asked.path.partition("?")
        for pattern, template, route in self._writes:
            found = pattern.match(plain)
            if found and route.method == asked.method:
                try:
                    path = template.bind(found.groups())
                    given = query_in(query.encode(), route.query)
                    body = given if route.body is None else decode_body(bytes(asked.body), route.body)
                except NotFound:
                    break
                except Invalid as problem:
                    raise _inside(problem, f"{place}.body") from None
                operation = Operation(route, body, path, asked.key, asked.if_match)
                return _Asked(operation, asked.key, asked.path + bytes(asked.body).decode(errors="replace"))
        raise Invalid.field(f"{place}.path", "no_such_write", "names no write that a batch can do")

    async def _locate(self, actor: Actor, asked: _Asked, group: _Group | None) -> Stream | Problem:
        """The stream of an operation, or why there is none."""
        try:
            check_actor(asked.operation.write, actor)
            return await self._writer.locate(actor, asked.operation)
        except NotFound as problem:
            return group.stream if group is not None and group.explains(asked) else problem
        except Problem as problem:
            return problem

    async def _flush(self, actor: Actor, group: _Group, results: list[BatchResult], reached: dict[str, int]) -> None:
        """Run a group as one transaction."""
        try:
            done = await self._writer.perform_together(actor, group.stream, [each.operation for each in group.members])
        except GroupRefused as refused:
            others = Conflict(
                "group_refused", "Another operation of the same stream was refused, so this was not done."
            )
            for index, each in enumerate(group.members):
                results.append(_refused(each, refused.problem if index == refused.index else others))
        else:
            results += [_performed(each, one) for each, one in zip(group.members, done, strict=True)]
            reached[str(group.stream)] = max(one.version for one in done)


def batch_route(routes: Sequence[Route], writer: Writer, body_limit: int) -> Endpoint:
    """The route over all writes of those routes."""
    batch = Batch(routes, writer)

    async def run(asked: Asked, data: BatchRequest) -> Reply:
        """Do several writes.

        Operations of one stream that follow one another are one transaction: when one is refused, none of them is done.
        Each has its own result, and may be repeated with its key. A request of which any operation makes no sense is
        refused as a whole.
        """
        results, reached = await batch.run(asked.actor, data.operations)
        versions = ", ".join(f"{stream}={version}" for stream, version in reached.items())
        return Reply(BatchAnswer(results), headers={"Headway-Version": versions} if versions else {})

    return Endpoint(
        method="POST",
        path="/batch",
        act=run,
        needs="self",
        tag="sync",
        body=BatchRequest,
        answer=BatchAnswer,
        body_limit=body_limit,
    )


def _pattern(template: Template) -> re.Pattern[str]:
    return re.compile("^" + "([^/]+)".join(map(re.escape, template.shape.split("{}"))) + "$")


def _performed(asked: _Asked, performed: Performed) -> BatchResult:
    return BatchResult(asked.key, performed.status, msgspec.Raw(performed.answer or b"null"), performed.action_id)


def _refused(asked: _Asked, problem: Problem) -> BatchResult:
    return BatchResult(asked.key, problem.status, msgspec.Raw(encode(members_of(problem))))


def _inside(problem: Invalid, place: str) -> Invalid:
    """The same refusal, its fields named from the beginning of the request."""
    errors = [FieldError(f"{place}.{error.field}", error.code, error.message) for error in problem.errors]
    return Invalid(
        problem.code, f"{place}: {problem.detail}", errors=errors or [FieldError(place, problem.code, problem.detail)]
    )
