"""The phrases of recurrence in English."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from headway.modules.tasks.domain.recurrence.rule import Day, Frequency

_UNITS: Final = {
    Frequency.DAILY: "day",
    Frequency.WEEKLY: "week",
    Frequency.MONTHLY: "month",
    Frequency.YEARLY: "year",
}
_WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_FIRST: Final = ("first", "second", "third", "fourth", "fifth")


class English:
    """A `Language` of `sentence`."""

    def after_completion(self, days: int) -> str:
        return "1 day after completion" if days == 1 else f"{days} days after completion"

    def every(self, frequency: Frequency, interval: int) -> str:
        unit = _UNITS[frequency]
        return f"every {unit}" if interval == 1 else f"every {interval} {unit}s"

    def every_workday(self) -> str:
        return "every weekday"

    def weekdays(self, weekdays: Sequence[int]) -> str:
        return f"on {_joined([_WEEKDAYS[weekday] for weekday in weekdays])}"

    def numbered_days(self, days: Sequence[Day]) -> str:
        return f"on {_joined([f'{_which(day.ordinal)} {_WEEKDAYS[day.weekday]}' for day in days])}"

    def month_days(self, days: Sequence[int]) -> str:
        return f"on {_joined([f'the {_nth(day)}' if day > 0 else f'the {_from_end(day)} day' for day in days])}"

    def day_of_year(self, month: int, day: int) -> str:
        return f"on {_MONTHS[month - 1]} {day}"

    def months(self, months: Sequence[int]) -> str:
        return f"in {_joined([_MONTHS[month - 1] for month in months])}"

    def only(self, phrase: str) -> str:
        return f"only {phrase}"

    def chosen_workday(self, number: int) -> str:
        return f"on {_which(number)} weekday"

    def chosen(self, numbers: Sequence[int]) -> str:
        return f"only {_joined([_which(number) for number in numbers])} of these days"

    def times(self, count: int) -> str:
        return "once" if count == 1 else f"{count} times"

    def until(self, day: date) -> str:
        return f"until {_MONTHS[day.month - 1]} {day.day}, {day.year}"


def _which(number: int) -> str:
    """ "every" for 0, else "the second" or "the second-to-last"."""
    if number == 0:
        return "every"
    if number < 0:
        return f"the {_from_end(number)}"
    return f"the {_FIRST[number - 1] if number <= len(_FIRST) else _nth(number)}"


def _from_end(number: int) -> str:
    if number == -1:
        return "last"
    return f"{_FIRST[-number - 1] if -number <= len(_FIRST) else _nth(-number)}-to-last"


def _nth(number: int) -> str:
    if number % 100 in {11, 12, 13}:
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def _joined(items: Sequence[str]) -> str:
    if len(items) < 3:
        return " and ".join(items)
    return f"{', '.join(items[:-1])}, and {items[-1]}"
