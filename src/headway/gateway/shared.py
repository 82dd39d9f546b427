"""What the instances of one database may know together."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from headway.platform.db.port import Replica
from headway.platform.moving_window import Windows, own_windows
from headway.platform.positions import Positions


@dataclass(frozen=True, slots=True)
class Shared:
    """`windows` count requests; `positions` remember what people have seen, where a copy may be behind that.

    `replicas` answer reads, if there are positions.
    """

    windows: Windows = own_windows
    positions: Positions | None = None
    replicas: Sequence[Replica] = ()


ALONE: Final = Shared()
