"""`Any` switches the type checker off: a file that needs it says why nothing narrower would do."""

import ast
import re
from collections.abc import Iterator, Sequence

from tools.lint.rule import Finding, Rule
from tools.lint.source import Source

# in a comment or a docstring; an annotation is followed by something else than a word
REASON = re.compile(r"\bAny: [a-z]", re.IGNORECASE)


def check(sources: Sequence[Source]) -> Iterator[Finding]:
    for source in sources:
        if source.is_python and source.within("src", "tools") and not REASON.search(source.text):
            uses = [node.lineno for node in source.nodes if isinstance(node, ast.Name) and node.id == "Any"]
            if uses:
                yield Finding(source.path, min(uses), "Any without a reason: `# Any: <why>`, once in the file")


ANY_REASON = Rule(
    name="any-reason",
    why="An Any spreads to all that touches it. Most times a Protocol, a TypeVar or `object` says more.",
    check=check,
    good={"src/headway/a.py": "from typing import Any\n\ndef read(row: Any) -> str:  # Any: a driver's row\n    ...\n"},
    bad={"src/headway/a.py": "from typing import Any\n\ndef read(row: Any) -> str:\n    ...\n"},
)
