"""The cases of quick add that the server and the web client share, and lines put together by chance.

`python -m tests.support.quick_add` writes agreed.json anew: what the server makes of such lines. The web client has to
make the same of them; whether it is what people mean, the other files say.
"""

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time
from pathlib import Path
from typing import Any, Final

from headway.modules.tasks.domain.quickadd import Context, Line, Named, parse_quick_add

FOLDER: Final = Path(__file__).parents[1] / "cases" / "quickadd"
AGREED: Final = FOLDER / "agreed.json"
LINES: Final = 300
FIELDS: Final = (
    "project_id",
    "assignee_ids",
    "label_ids",
    "priority",
    "estimate_minutes",
    "start_date",
    "due_date",
    "due_time",
    "due_zone",
    "recurrence",
)
Case = Mapping[str, Any]  # Any: what a case holds is checked by comparing it

_GRAMMAR: Final = Path(parse_quick_add.__code__.co_filename).with_name("grammar.json")
_NOISE: Final = (
    "call mum milk Milch anrufen the den und and , ; . ? ( ) - #Home #house @Ben @anna +bug +neu !high !hoch !! ~2h "
    '~1h30 ~x "tomorrow "x" " „Freitag“ #1 C# a@b.de 5pm 17:30 9:05 at um 17 Uhr on am by bis from vom to until '
    "starting ab 24.12. 24.12.2026 1.2.3 12/24 1/2/27 2026-12-24 2:1 every jeden every! alle 2 10 3rd 15. the 1st last "
    "letzten times mal x for für after completion nach Erledigung MORGEN Tomorrow Do so 🎉 übermorgen İstanbul ß"
)

_BLANKS: Final = (" ",) * 12 + ("  ", "\t", "\xa0", ", ", "\x1c ", "\ufeff")


def cases() -> Iterator[tuple[str, Case]]:
    """All cases, each with a name that says where it stands."""
    for path in sorted(FOLDER.glob("*.json")):
        if path.name != "context.json":
            for number, case in enumerate(json.loads(path.read_text("utf-8")), start=1):
                yield f"{path.stem} {number}: {case['input']}", case


def context_of(case: Case) -> Context:
    """Who writes, when and where; a case may change what context.json says."""
    given = {**json.loads((FOLDER / "context.json").read_text("utf-8")), **case}
    text = given["input"]
    return Context(
        given["locale"],
        date.fromisoformat(given["today"]),
        time.fromisoformat(given["time"]),
        given["zone"],
        given["week_start"],
        _named(given["projects"]),
        _named(given["people"]),
        _named(given["labels"]),
        [(text.index(part), text.index(part) + len(part)) for part in given.get("as_text", ())],
    )


def answer_of(line: Line) -> dict[str, object]:
    """A line as cases write it: without what was not said."""
    fields = {name: value for name in FIELDS if (value := getattr(line, name)) not in (None, ())}
    tokens = [[token.kind, token.text, token.value] for token in line.tokens]
    return {"title": line.title, "tokens": tokens, **fields}


def pieces() -> list[str]:
    """Words of the grammar, and what stands beside them in real lines."""
    lists = json.loads(_GRAMMAR.read_text("utf-8"))["words"].values()
    words = [
        word
        for one in lists
        if isinstance(one, dict)
        for keys in one.values()
        for key in keys
        for word in key.split("|")
    ]
    return [word for word in words if not word.startswith("[")] + _NOISE.split(" ") * 4


def _named(given: Sequence[Mapping[str, str]]) -> list[Named]:
    return [Named(**one) for one in given]


def _lines() -> Iterator[Case]:
    chance = random.Random(20261123)
    words = pieces()
    for number in range(LINES):
        text = "".join(chance.choice(words) + chance.choice(_BLANKS) for _ in range(chance.randint(2, 9)))
        yield {"input": text, "locale": ("en-GB", "de-DE", "en-US")[number % 3]}


def _write() -> None:
    answers = [{**case, **answer_of(parse_quick_add(case["input"], context_of(case)))} for case in _lines()]
    AGREED.write_text(
        "[\n" + ",\n".join("  " + json.dumps(one, ensure_ascii=False) for one in answers) + "\n]\n", "utf-8"
    )


if __name__ == "__main__":
    _write()
