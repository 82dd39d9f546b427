"""Files speak of the product, not of who wrote them or on which machine."""

import re
from collections.abc import Iterator, Sequence

from tools.lint.rule import Finding, Rule
from tools.lint.source import Source

MACHINE = re.compile(r"(?<![\w.}])/(work|root|home/\w+|Users/\w+)/")
AUTHORS = re.compile(
    r"co-authored-by|generated (by|with) (an? )?(ai|assistant|model)\b|language model|subagent", re.IGNORECASE
)


def check(sources: Sequence[Source]) -> Iterator[Finding]:
    for source in sources:
        if source.within("tools/lint", "tests/tools"):  # these name what they look for
            continue
        for number, line in enumerate(source.lines, start=1):
            if MACHINE.search(line):
                yield Finding(source.path, number, "a path of somebody's machine")
            if AUTHORS.search(line):
                yield Finding(source.path, number, "speaks of its author")


PRODUCT_WORDS = Rule(
    name="product-words",
    why="A reader in five years has the product in hand, not the desk that it was made on.",
    check=check,
    good={"README.md": "Data lives in `./data`; see /var/lib/headway on a server.\n"},
    bad={"README.md": "The database is in /home/erika/headway/data.\n"},
)
