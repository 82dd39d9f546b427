"""What a new workspace and a new project begin with."""

from typing import Final, Literal, NamedTuple

Category = Literal["backlog", "todo", "in_progress", "completed", "canceled"]

CLOSED: Final[frozenset[Category]] = frozenset({"completed", "canceled"})


class DefaultStatus(NamedTuple):
    """A status that every new project has; its key is its category."""

    category: Category
    name: str


STATUSES: Final = (
    DefaultStatus("backlog", "Backlog"),
    DefaultStatus("todo", "To do"),
    DefaultStatus("in_progress", "In progress"),
    DefaultStatus("completed", "Done"),
    DefaultStatus("canceled", "Canceled"),
)

INBOX_KEY: Final = "INBOX"
INBOX_NAME: Final = "Inbox"
PERSONAL_NAME: Final = "Personal"
