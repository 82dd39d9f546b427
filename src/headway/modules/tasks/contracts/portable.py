"""A workspace as it leaves one installation and enters another: every row, every file, the history."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Literal, Protocol

import msgspec

from headway.changes.contracts import Recorded
from headway.platform.db.port import Reader, Transaction


class PortableObject(msgspec.Struct, frozen=True):
    """A row of a workspace, whole. `row` are its fields as JSON values. Any: each kind has its own."""

    kind: str
    row: dict[str, Any]


class PortableHead(msgspec.Struct, frozen=True):
    """Which workspace it is."""

    id: str
    name: str
    kind: Literal["personal", "team"]


class PortableWorkspaces(Protocol):
    """Reads workspaces out whole, and puts them in."""

    async def head(self, reader: Reader, workspace: str) -> PortableHead:
        """The workspace of that id or slug; NotFound."""
        ...

    async def objects(self, reader: Reader, workspace_id: str, write: Callable[[PortableObject], None]) -> None:
        """Give every row to `write`, those that others need first; invitations and moves under way stay behind."""
        ...

    async def history(self, reader: Reader, workspace_id: str, write: Callable[[Recorded], None]) -> None:
        """Give everything that happened to `write`, the newest first."""
        ...

    async def is_there(self, reader: Reader, workspace_id: str) -> bool:
        """Whether there is a workspace of that id."""
        ...

    def check(self, row: PortableObject) -> None:
        """Invalid for a row that this program does not know, or of another shape."""
        ...

    async def put(self, tx: Transaction, workspace_id: str, rows: Sequence[PortableObject], now: datetime) -> int:
        """Insert the rows that are not there yet, as an import; how many. Invalid for a row of another shape."""
        ...

    async def put_history(self, tx: Transaction, workspace_id: str, entries: Sequence[Recorded], after: int) -> None:
        """Keep what happened before the import; `after` of the newer entries have been put before. Once only."""
        ...

    async def forget_history(self, tx: Transaction, workspace_id: str) -> None:
        """Drop what an import that was broken off has kept of what happened before it."""
        ...

    async def leave_out(self, tx: Transaction, workspace_id: str, people: Sequence[str], now: datetime) -> None:
        """Hand the private projects that only those people could edit to an owner: they have no account here."""
        ...

    def file_keys(self, row: PortableObject) -> list[str]:
        """Keys in the file store of the files that belong to a row."""
        ...
