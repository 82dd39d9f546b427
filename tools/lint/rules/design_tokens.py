"""Styles take colours, type and corners from the design tokens, and say inline and block instead of left and width."""

import re
from collections.abc import Iterator, Sequence

from tools.lint.rule import Finding, Rule
from tools.lint.source import Source

TOKENS = "web/src/styles/tokens.css"
PLAIN_CORNERS = r"(?:0|1px|2px|50%|inherit)"  # bars, circles, and what follows its parent
COLOUR = re.compile(r":[^;{]*(?:#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch|lab|lch)a?\()", re.IGNORECASE)
CORNER = re.compile(rf"^\s*border(?:-\w+)*-radius:(?!\s*(?:{PLAIN_CORNERS}|var\([^;]*\)|\s)+;)")
TYPE = re.compile(r"^\s*font-size:(?!\s*(?:12|13|14|16|20|28)px;|\s*(?:inherit|var\())")
# Even distances may line a text up with an icon; an odd one is an accident.
GAP = re.compile(r"^\s*(?:margin|padding|gap)(?:-\w+)*:[^;]*(?<![\d.-])(?:[579]|\d*\d[13579])px")
PHYSICAL = re.compile(
    r"^\s*(?:(?:min-|max-)?(?:width|height)|left|right|top|bottom|(?:margin|padding|border)-(?:left|right|top|bottom)"
    r"(?:-\w+)?|border-(?:top|bottom)-(?:left|right)-radius|text-align:\s*(?:left|right)|float)\s*:"
)
QUESTIONS = (
    (COLOUR, "a colour that is no token"),
    (CORNER, "a corner that is no token"),
    (TYPE, "a size of type that is not in the scale"),
    (GAP, "a distance that is no token"),
    (PHYSICAL, "a physical property: say inline or block"),
)


def check(sources: Sequence[Source]) -> Iterator[Finding]:
    for source in sources:
        if source.within("web/src") and source.path != TOKENS:
            for number, line in _styles(source):
                for pattern, message in QUESTIONS:
                    if pattern.search(line):
                        yield Finding(source.path, number, message)


def _styles(source: Source) -> Iterator[tuple[int, str]]:
    """The lines of a style sheet, or of a component's style block, with their numbers."""
    inside = source.path.endswith(".css")
    for number, line in enumerate(source.lines, start=1):
        if line.startswith("</style"):
            inside = False
        if inside and not line.lstrip().startswith("@"):
            yield number, line
        if line.startswith("<style"):
            inside = True


DESIGN_TOKENS = Rule(
    name="design-tokens",
    why="A changed token changes the whole product, in both themes; logical properties turn round with the language.",
    check=check,
    good={"web/src/a.css": ".a {\n  color: var(--ink);\n  gap: var(--s2);\n  border-radius: var(--r-chip);\n}\n"},
    bad={"web/src/a.svelte": "<style>\n  .a {\n    margin-left: 9px;\n  }\n</style>\n"},
)
