"""The one error of this package for input that a person can correct."""


class BadValue(ValueError):
    """`field` names what was wrong (a path such as `recurrence.rule`), `code` is stable, `message` is for people."""

    def __init__(self, field: str, code: str, message: str) -> None:
        super().__init__(message)
        self.field = field
        self.code = code
        self.message = message
