"""Named points at which a test may kill the process, to prove that nothing acknowledged is lost."""

import os
import signal
from collections.abc import Callable
from typing import Final

Faults = Callable[[str], None]
"""Called with the name of the point that has been reached."""

POINTS: Final = (
    "write.before_begin",
    "write.after_action",
    "write.before_commit",
    "write.after_commit",
    "consumer.before_write",
    "consumer.after_write",
    "saga.address_reserved",
    "saga.account_made",
    "saga.move_copied",
)


def no_faults(_point: str) -> None:
    """Production: nothing happens anywhere."""


def kill_at(point: str, after: int) -> Faults:
    """SIGKILL this process when `point` is reached for the `after`-th time (1 is the first)."""
    left = after

    def reached(name: str) -> None:
        nonlocal left
        if name == point:
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    return reached
