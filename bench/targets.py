"""What Headway must be able to do (docs/performance.md), and whether it did."""

import os
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Figure:
    """Something measured whose target is known, with the machine's load at that moment."""

    what: str
    measured: float
    target: float
    unit: str
    more_is_better: bool
    load: float = field(default_factory=lambda: os.getloadavg()[0])

    @property
    def is_reached(self) -> bool:
        """Whether it is as good as it must be."""
        return self.measured >= self.target if self.more_is_better else self.measured <= self.target


def at_least(what: str, measured: float, target: float, unit: str) -> Figure:
    """A figure that must not be lower."""
    return Figure(what, measured, target, unit, more_is_better=True)


def at_most(what: str, measured: float, target: float, unit: str) -> Figure:
    """A figure that must not be higher."""
    return Figure(what, measured, target, unit, more_is_better=False)


def table(figures: Iterable[Figure]) -> str:
    """All figures as rows of a Markdown table."""
    lines = ["", "| target | asked for | measured | | load |", "|---|---|---|---|---|", *map(_row, figures), ""]
    return "\n".join(lines)


def _row(figure: Figure) -> str:
    asked = "at least" if figure.more_is_better else "at most"
    verdict = "reached" if figure.is_reached else "**not reached**"
    return (
        f"| {figure.what} | {asked} {_number(figure.target)} {figure.unit} | {_number(figure.measured)} {figure.unit}"
        f" | {verdict} | {figure.load:.1f} |"
    )


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
