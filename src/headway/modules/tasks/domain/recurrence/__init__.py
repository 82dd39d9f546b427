"""Tasks that come again: an RFC 5545 rule, or a number of days after completion."""

from headway.modules.tasks.domain.recurrence.rule import Rule, parse_rule
from headway.modules.tasks.domain.recurrence.sentence import sentence
from headway.modules.tasks.domain.recurrence.series import (
    AfterCompletion,
    NextDue,
    Recurrence,
    RuleRecurrence,
    as_json,
    check_start,
    next_due,
    preview,
    read_recurrence,
)

__all__ = [
    "AfterCompletion",
    "NextDue",
    "Recurrence",
    "Rule",
    "RuleRecurrence",
    "as_json",
    "check_start",
    "next_due",
    "parse_rule",
    "preview",
    "read_recurrence",
    "sentence",
]
