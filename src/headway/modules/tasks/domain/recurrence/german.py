"""The phrases of recurrence in German."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from headway.modules.tasks.domain.recurrence.rule import Day, Frequency

_ONE: Final = {
    Frequency.DAILY: "jeden Tag",
    Frequency.WEEKLY: "jede Woche",
    Frequency.MONTHLY: "jeden Monat",
    Frequency.YEARLY: "jedes Jahr",
}
_MANY: Final = {
    Frequency.DAILY: "Tage",
    Frequency.WEEKLY: "Wochen",
    Frequency.MONTHLY: "Monate",
    Frequency.YEARLY: "Jahre",
}
_WEEKDAYS: Final = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
_MONTHS: Final = (
    *("Januar", "Februar", "März", "April", "Mai", "Juni"),
    *("Juli", "August", "September", "Oktober", "November", "Dezember"),
)
_FIRST: Final = ("ersten", "zweiten", "dritten", "vierten", "fünften")
_LAST: Final = ("letzten", "vorletzten", "drittletzten", "viertletzten", "fünftletzten")


class German:
    """A `Language` of `sentence`."""

    def after_completion(self, days: int) -> str:
        return "1 Tag nach Abschluss" if days == 1 else f"{days} Tage nach Abschluss"

    def every(self, frequency: Frequency, interval: int) -> str:
        return _ONE[frequency] if interval == 1 else f"alle {interval} {_MANY[frequency]}"

    def every_workday(self) -> str:
        return "jeden Tag von Montag bis Freitag"

    def weekdays(self, weekdays: Sequence[int]) -> str:
        return f"am {_joined([_WEEKDAYS[weekday] for weekday in weekdays])}"

    def numbered_days(self, days: Sequence[Day]) -> str:
        return _joined([f"{_which(day.ordinal)} {_WEEKDAYS[day.weekday]}" for day in days])

    def month_days(self, days: Sequence[int]) -> str:
        return f"am {_joined([f'{day}.' if day > 0 else f'{_from_end(day)} Tag' for day in days])}"

    def day_of_year(self, month: int, day: int) -> str:
        return f"am {day}. {_MONTHS[month - 1]}"

    def months(self, months: Sequence[int]) -> str:
        return f"im {_joined([_MONTHS[month - 1] for month in months])}"

    def only(self, phrase: str) -> str:
        return f"nur {phrase}"

    def chosen_workday(self, number: int) -> str:
        return f"{_which(number)} Werktag (Montag bis Freitag)"

    def chosen(self, numbers: Sequence[int]) -> str:
        return f"nur {_joined([_which(number) for number in numbers])} dieser Tage"

    def times(self, count: int) -> str:
        return "einmal" if count == 1 else f"{count}-mal"

    def until(self, day: date) -> str:
        return f"bis {day.day}. {_MONTHS[day.month - 1]} {day.year}"


def _which(number: int) -> str:
    """ "an jedem" for 0, else "am zweiten" or "am vorletzten"."""
    if number == 0:
        return "an jedem"
    if number < 0:
        return f"am {_from_end(number)}"
    return f"am {_FIRST[number - 1] if number <= len(_FIRST) else f'{number}.'}"


def _from_end(number: int) -> str:
    return _LAST[-number - 1] if -number <= len(_LAST) else f"{-number}.-letzten"


def _joined(items: Sequence[str]) -> str:
    return " und ".join(items) if len(items) < 3 else f"{', '.join(items[:-1])} und {items[-1]}"
