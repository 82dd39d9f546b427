"""What a rule is, and how an exception to it is granted."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tools.lint.source import Source


@dataclass(frozen=True, order=True)
class Finding:
    """A place that breaks a rule. `line` counts from 1; a finding about a whole file stands on line 1."""

    path: str
    line: int
    message: str


@dataclass(frozen=True)
class Rule:
    """One house rule. `good` and `bad` map paths to texts: a test checks that only `bad` is found."""

    name: str
    why: str
    check: Callable[[Sequence[Source]], Iterator[Finding]]
    good: Mapping[str, str]
    bad: Mapping[str, str]


def findings(rule: Rule, sources: Sequence[Source]) -> list[Finding]:
    """What breaks `rule`, without the lines that say `allow <rule>: <reason>` in a comment."""
    by_path = {source.path: source for source in sources}
    return sorted(found for found in rule.check(sources) if not _allowed(rule, by_path[found.path], found.line))


def _allowed(rule: Rule, source: Source, line: int) -> bool:
    if line > len(source.lines):
        return False
    return re.search(rf"(#|//|/\*|<!--).*\ballow {re.escape(rule.name)}: \w+", source.lines[line - 1]) is not None
