"""Refusals as answers: RFC 9457, application/problem+json."""

from typing import Final

import structlog

from headway.gateway.asgi import Answer, encode, header_pairs
from headway.platform.problems import Problem

PROBLEM_TYPE: Final = (b"content-type", b"application/problem+json")

_log = structlog.get_logger(__name__)


class NoSuchPath(Problem):
    """No route has this path."""

    status = 404
    title = "Not found"

    def __init__(self) -> None:
        super().__init__("no_such_path", "There is nothing at this address.")


class MethodNotAllowed(Problem):
    """The path is known, but not with this method. `Allow` names those that are."""

    status = 405
    title = "Method not allowed"

    def __init__(self, allowed: str) -> None:
        super().__init__("method_not_allowed", f"Only {allowed} may be used here.", headers={"Allow": allowed})


class TooSlow(Problem):
    """The body did not come in time."""

    status = 408
    title = "Request timed out"

    def __init__(self) -> None:
        super().__init__("body_too_slow", "The body did not come in time; try again.", headers={"Connection": "close"})


class UnsupportedMedia(Problem):
    """The body has a content type that the route does not take."""

    status = 415
    title = "Unsupported content type"

    def __init__(self, wanted: str) -> None:
        super().__init__("unsupported_media_type", f"Send {wanted}.", headers={"Accept": wanted})


class Unforeseen(Problem):
    """A fault of ours; the log has the rest under the request's id."""

    def __init__(self, request_id: str) -> None:
        super().__init__(
            "internal_error",
            f"Something went wrong on the server. If you report it, say {request_id}.",
            extra={"request_id": request_id},
        )


def members_of(problem: Problem) -> dict[str, object]:
    """A refusal's members (RFC 9457, 3)."""
    return {
        "type": f"urn:headway:problem:{problem.code}",
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
        "code": problem.code,
        "errors": [{"field": e.field, "code": e.code, "message": e.message} for e in problem.errors],
        **problem.extra,
    }


def problem_answer(problem: Problem) -> Answer:
    """A refusal as it is sent."""
    headers = (PROBLEM_TYPE, (b"cache-control", b"no-store"), *header_pairs(problem.headers))
    return Answer(problem.status, encode(members_of(problem)), headers)


def answer_to(error: Exception, request_id: str) -> Answer:
    """The answer to anything that a request has raised; what nobody foresaw is logged with the request's id."""
    if isinstance(error, Problem):
        if error.status >= 500:
            _log.error("request_refused", request_id=request_id, code=error.code, detail=error.detail)
        return problem_answer(error)
    _log.exception("request_failed", request_id=request_id, exc_info=error)
    return problem_answer(Unforeseen(request_id))
