"""Jobs by the clock: each slot of a schedule queues its job once, however many instances look at it."""

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import bindparam, select, update

from headway.platform.clock import EPOCH
from headway.platform.db.port import DuplicateKey, Reader, Transaction
from headway.platform.db.statement import Statement, command, insert_into
from headway.platform.jobs.queue import NORMAL, enqueue
from headway.platform.jobs.schema import schedule_slots

_SLOT: Final = Statement(
    select(schedule_slots.c.slot).where(schedule_slots.c.name == bindparam("called")), lambda slot: slot
)
_SLOTS: Final = command(select(schedule_slots.c.name, schedule_slots.c.slot))
_MOVE: Final = command(
    update(schedule_slots)
    .where(schedule_slots.c.name == bindparam("called"), schedule_slots.c.slot < bindparam("to"))
    .values(slot=bindparam("to"))
)


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """Queues a job of type `name` with an empty payload in every slot.

    `slot(now)` is the start of the slot that `now` is in, `period` the time to the next. What was missed while nothing
    ran is made up for by one run, not by many. A schedule that is seen for the first time begins with its next slot,
    or, with `first_after`, runs so long after that too.
    """

    name: str
    slot: Callable[[datetime], datetime]
    period: timedelta
    priority: int = NORMAL
    first_after: timedelta | None = None

    def next_slot(self, now: datetime) -> datetime:
        """When the next slot begins."""
        return self.slot(now) + self.period


def every(name: str, period: timedelta, priority: int = NORMAL) -> Schedule:
    """A schedule with slots of one length, counted from 1970."""
    return Schedule(name=name, slot=lambda now: now - (now - EPOCH) % period, period=period, priority=priority)


def daily(name: str, hour: int, priority: int = NORMAL, first_after: timedelta | None = None) -> Schedule:
    """A schedule with one slot a day, from that hour (UTC) on."""
    offset = timedelta(hours=hour)
    day = timedelta(days=1)
    return Schedule(
        name=name,
        slot=lambda now: now - (now - EPOCH - offset) % day,
        period=day,
        priority=priority,
        first_after=first_after,
    )


async def open_schedules(reader: Reader, schedules: Sequence[Schedule], now: datetime) -> list[Schedule]:
    """Those for which the job of the slot that `now` is in has yet to be queued."""
    last: dict[str, datetime] = dict(await reader.rows(_SLOTS)) if schedules else {}
    return [each for each in schedules if each.name not in last or last[each.name] < each.slot(now)]


async def queue_slot(tx: Transaction, schedule: Schedule, now: datetime) -> None:
    """Queue the job of the slot that `now` is in, unless that was done."""
    slot = schedule.slot(now)
    if await tx.row(_SLOT, called=schedule.name) is None:
        await _begin(tx, schedule, slot, now)
    elif await tx.execute(_MOVE, called=schedule.name, to=slot):
        await enqueue(tx, schedule.name, {}, now, key="schedule", priority=schedule.priority)


async def _begin(tx: Transaction, schedule: Schedule, slot: datetime, now: datetime) -> None:
    with contextlib.suppress(DuplicateKey):  # another instance saw the schedule for the first time too
        await tx.execute(insert_into(schedule_slots), name=schedule.name, slot=slot)
        if schedule.first_after is not None:
            soon = now + schedule.first_after
            await enqueue(tx, schedule.name, {}, soon, key="schedule", priority=schedule.priority)
