"""The course of a load test as an SVG: times above, requests and failures below."""

from collections.abc import Callable, Sequence
from html import escape
from typing import Final

from headway.entrypoints.loadtest.results import Result, Second

WIDTH: Final = 960
LEFT: Final = 72
RIGHT: Final = 24
UPPER: Final = (64, 320)
LOWER: Final = (372, 500)
"""From and to which height each of the two plots reaches."""
HEIGHT: Final = 548
LINES: Final[Sequence[tuple[str, str, Callable[[Second], float]]]] = (
    ("p50", "#3b82c4", lambda each: each.times.p50),
    ("p95", "#c77a12", lambda each: each.times.p95),
    ("p99", "#b3403a", lambda each: each.times.p99),
)
STYLE: Final = (
    "text{font:13px system-ui,sans-serif;fill:#444}.h{font-size:16px;font-weight:600;fill:#222}"
    ".g{stroke:#ddd}.n{text-anchor:end}.m{text-anchor:middle}polyline{fill:none;stroke-width:2}"
)


def svg(result: Result) -> str:
    """The whole file."""
    said = (
        f"{result.rate:g} requests/s, {result.people} people, {result.streams} live streams: "
        f"p50 {result.all.p50:g} ms, p95 {result.all.p95:g} ms, p99 {result.all.p99:g} ms, "
        f"{result.all.failed} of {result.all.count} failed"
    )
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">',
        f"<title>{escape(said)}</title><style>{STYLE}</style>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        _text(LEFT, 28, f"Load test of {result.url}", "h"),
        _text(LEFT, 48, said),
        *_times(result),
        *_requests(result),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def nice(most: float) -> list[float]:
    """Round numbers from 0 to at least `most`, at most six of them."""
    step = 1.0
    while most / step > 5:
        step *= 2.5 if str(step)[0] == "2" else 2
    marks = [0.0]
    while marks[-1] < most:
        marks.append(marks[-1] + step)
    return marks if len(marks) > 1 else [0.0, step]


def _times(result: Result) -> list[str]:
    marks = nice(max((value(each) for each in result.over_time for _, _, value in LINES), default=1))
    parts = _grid(marks, UPPER, "ms")
    for place, (name, colour, value) in enumerate(LINES):
        points = [(each.second + 0.5, value(each)) for each in result.over_time if each.times.count > each.times.failed]
        drawn = " ".join(f"{_x(result, at):.1f},{_y(UPPER, marks[-1], each):.1f}" for at, each in points)
        parts.append(f'<polyline points="{drawn}" stroke="{colour}"/>')
        parts.append(f'<rect x="{LEFT + 8 + 64 * place}" y="{UPPER[1] + 10}" width="12" height="12" fill="{colour}"/>')
        parts.append(_text(LEFT + 24 + 64 * place, UPPER[1] + 21, name))
    return parts


def _requests(result: Result) -> list[str]:
    marks = nice(max((each.times.count for each in result.over_time), default=1))
    parts = _grid(marks, LOWER, "per s")
    wide = max((WIDTH - LEFT - RIGHT) / max(result.seconds, 1) - 1, 0.5)
    for each in result.over_time:
        for count, colour in ((each.times.count, "#9db8d2"), (each.times.failed, "#b3403a")):
            top = _y(LOWER, marks[-1], count)
            at = _x(result, each.second)
            parts.append(
                f'<rect x="{at:.1f}" y="{top:.1f}" width="{wide:.1f}" height="{LOWER[1] - top:.1f}" fill="{colour}"/>'
            )
    for mark in nice(result.seconds):
        if mark <= result.seconds:
            parts.append(_text(_x(result, mark), LOWER[1] + 20, f"{mark:g} s", "m"))
    parts.append(_text(LEFT, HEIGHT - 8, "requests, and in red those that failed"))
    return parts


def _grid(marks: Sequence[float], where: tuple[int, int], unit: str) -> list[str]:
    parts = []
    for mark in marks:
        y = _y(where, marks[-1], mark)
        parts.append(f'<line class="g" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>')
        parts.append(_text(LEFT - 8, y + 4, f"{mark:g}" + (f" {unit}" if mark == marks[-1] else ""), "n"))
    return parts


def _x(result: Result, second: float) -> float:
    return LEFT + second / max(result.seconds, 1) * (WIDTH - LEFT - RIGHT)


def _y(where: tuple[int, int], most: float, value: float) -> float:
    return where[1] - min(value / most, 1) * (where[1] - where[0])


def _text(x: float, y: float, said: str, kind: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}"' + (f' class="{kind}"' if kind else "") + f">{escape(said)}</text>"
