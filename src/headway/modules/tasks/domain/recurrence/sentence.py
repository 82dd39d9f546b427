"""A recurrence in words: "every 2 weeks on Monday and Thursday, until December 31, 2026"."""

from collections.abc import Sequence
from datetime import date
from typing import Final, Protocol

from headway.modules.tasks.domain.recurrence.english import English
from headway.modules.tasks.domain.recurrence.german import German
from headway.modules.tasks.domain.recurrence.rule import Day, Frequency, Rule, parse_rule
from headway.modules.tasks.domain.recurrence.series import AfterCompletion, Recurrence, last_moment

WORKDAYS: Final = tuple(Day(weekday) for weekday in range(5))


class Language(Protocol):
    """The phrases that a sentence is made of; each is whole, with its preposition, so that languages may differ."""

    def after_completion(self, days: int) -> str: ...

    def every(self, frequency: Frequency, interval: int) -> str: ...

    def every_workday(self) -> str: ...

    def weekdays(self, weekdays: Sequence[int]) -> str: ...

    def numbered_days(self, days: Sequence[Day]) -> str: ...

    def month_days(self, days: Sequence[int]) -> str: ...

    def day_of_year(self, month: int, day: int) -> str: ...

    def months(self, months: Sequence[int]) -> str: ...

    def only(self, phrase: str) -> str: ...

    def chosen_workday(self, number: int) -> str: ...

    def chosen(self, numbers: Sequence[int]) -> str: ...

    def times(self, count: int) -> str: ...

    def until(self, day: date) -> str: ...


_LANGUAGES: Final[dict[str, Language]] = {"en": English(), "de": German()}


def sentence(recurrence: Recurrence, language: str) -> str:
    """The recurrence in `language`, without a capital or a full stop.

    `language` is a tag such as "en", "de" or "de-AT"; one that is not known is answered in English.
    """
    words = _LANGUAGES.get(language.lower().split("-")[0], _LANGUAGES["en"])
    if isinstance(recurrence, AfterCompletion):
        return words.after_completion(recurrence.after_completion_days)
    rule = parse_rule(recurrence.rule)
    phrases = [_core(rule, words), *_limits(rule, words), *_chosen(rule, words)]
    if rule.count is not None:
        phrases.append(words.times(rule.count))
    if rule.until is not None:
        phrases.append(words.until(last_moment(rule.until, recurrence.zone)[0]))
    return ", ".join(phrases)


def _core(rule: Rule, words: Language) -> str:
    if _every_workday(rule):
        return _joined(words.every_workday(), _months(rule, words))
    head = words.every(rule.frequency, rule.interval)
    if _one_workday(rule):
        return _joined(head, words.chosen_workday(rule.by_set_pos[0]), _months(rule, words))
    if _one_day_of_year(rule):
        return _joined(head, words.day_of_year(rule.by_month[0], rule.by_month_day[0]))
    return _joined(head, *_days(rule, words))


def _days(rule: Rule, words: Language) -> list[str]:
    """What the rule adds to its period: days and months."""
    if rule.frequency is Frequency.DAILY:
        return [_months(rule, words)]
    if rule.by_month_day:
        return [words.month_days(_from_start(rule.by_month_day)), _months(rule, words)]
    return [_weekdays(rule, words), _months(rule, words)]


def _limits(rule: Rule, words: Language) -> list[str]:
    """What the rule takes away again: "every day, only on Monday"."""
    limits = []
    if rule.frequency is Frequency.DAILY and rule.by_month_day:
        limits.append(words.only(words.month_days(_from_start(rule.by_month_day))))
    if rule.by_day and (rule.frequency is Frequency.DAILY or rule.by_month_day) and not _every_workday(rule):
        limits.append(words.only(_weekdays(rule, words)))
    return limits


def _weekdays(rule: Rule, words: Language) -> str:
    if not rule.by_day:
        return ""
    numbered = rule.frequency in {Frequency.MONTHLY, Frequency.YEARLY} and not rule.by_month_day
    if numbered or any(day.ordinal for day in rule.by_day):
        if _is_weekday_by_position(rule):
            return words.numbered_days([Day(rule.by_day[0].weekday, number) for number in _from_start(rule.by_set_pos)])
        return words.numbered_days(rule.by_day)
    return words.weekdays([day.weekday for day in rule.by_day])


def _is_weekday_by_position(rule: Rule) -> bool:
    """Whether BYDAY=TU;BYSETPOS=2 means no other than BYDAY=2TU."""
    single = len(rule.by_day) == 1 and rule.by_day[0].ordinal == 0 and not rule.by_month_day
    return single and rule.frequency is Frequency.MONTHLY and bool(rule.by_set_pos)


def _every_workday(rule: Rule) -> bool:
    plain = rule.interval == 1 and not rule.by_month_day and not rule.by_set_pos
    return plain and rule.by_day == WORKDAYS and rule.frequency in {Frequency.DAILY, Frequency.WEEKLY}


def _one_workday(rule: Rule) -> bool:
    """Whether the rule means one working day of a month, such as the last."""
    monthly = rule.frequency is Frequency.MONTHLY and not rule.by_month_day
    return monthly and rule.by_day == WORKDAYS and len(rule.by_set_pos) == 1


def _one_day_of_year(rule: Rule) -> bool:
    yearly = rule.frequency is Frequency.YEARLY and len(rule.by_month) == len(rule.by_month_day) == 1
    return yearly and rule.by_month_day[0] > 0


def _chosen(rule: Rule, words: Language) -> list[str]:
    if not rule.by_set_pos or _is_weekday_by_position(rule) or _one_workday(rule):
        return []
    return [words.chosen(_from_start(rule.by_set_pos))]


def _months(rule: Rule, words: Language) -> str:
    return words.months(rule.by_month) if rule.by_month else ""


def _from_start(numbers: Sequence[int]) -> list[int]:
    """Those counted from the start first, then those counted from the end, the last at last."""
    return sorted(numbers, key=lambda number: (number < 0, number))


def _joined(*phrases: str) -> str:
    return " ".join(phrase for phrase in phrases if phrase)
