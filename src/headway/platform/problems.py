"""Errors that a caller may see, in the shape of RFC 9457 (application/problem+json)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class FieldError:
    """A field that could not be taken: its path (`title`, `operations.3.body`), a stable code, a sentence."""

    field: str
    code: str
    message: str


class Problem(Exception):
    """A refusal with an HTTP status and a stable `code` that clients translate.

    `detail` is a plain English sentence for the person; `errors` names fields; `extra` are further members of the
    answer; `headers` go with it (`Retry-After`).
    """

    status: ClassVar[int] = 500
    title: ClassVar[str] = "Something went wrong"

    def __init__(
        self,
        code: str,
        detail: str,
        *,
        errors: Sequence[FieldError] = (),
        extra: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
        self.errors = tuple(errors)
        self.extra = dict(extra or {})
        self.headers = dict(headers or {})


class Invalid(Problem):
    """The input cannot be taken as it is."""

    status = 400
    title = "Invalid input"

    @classmethod
    def field(cls, field: str, code: str, message: str) -> "Invalid":
        """One field was wrong."""
        return cls("invalid", f"{field}: {message}", errors=[FieldError(field, code, message)])


class Unauthenticated(Problem):
    """Nobody is signed in, or the credentials are wrong."""

    status = 401
    title = "Sign in first"


class Forbidden(Problem):
    """The actor sees the object but may not do this."""

    status = 403
    title = "Not allowed"


class NotFound(Problem):
    """There is no such object that the actor may see."""

    status = 404
    title = "Not found"

    def __init__(self, what: str = "object") -> None:
        super().__init__("not_found", f"There is no such {what}, or you may not see it.")


class Moved(Problem):
    """It stands elsewhere now. `there` is its address, relative to the one that was asked for (RFC 9110, 15.4.9)."""

    status = 308
    title = "Moved"

    def __init__(self, detail: str, there: str, **extra: object) -> None:
        super().__init__("moved", detail, extra=extra, headers={"Location": there})


class Conflict(Problem):
    """The state of things does not allow it now."""

    status = 409
    title = "Conflict"


class PreconditionFailed(Problem):
    """If-Match named another version."""

    status = 412
    title = "Changed meanwhile"

    def __init__(self, version: int) -> None:
        super().__init__(
            "version_mismatch",
            f"The object has changed meanwhile; it is at version {version}.",
            extra={"version": version},
        )


class TooLarge(Problem):
    """More than may be sent."""

    status = 413
    title = "Too large"


class TooMany(Problem):
    """A limit on requests was reached; `Retry-After` says when to come back."""

    status = 429
    title = "Too many requests"


class Unavailable(Problem):
    """Storage or another server is away or overloaded; nothing was changed."""

    status = 503
    title = "Temporarily unavailable"
