"""Checks the house rules over the project: `python -m tools.lint [folder]`. Ends with 1 when something is found."""

import sys
from pathlib import Path

from tools.lint.rule import findings
from tools.lint.rules import RULES
from tools.lint.source import read_project


def main(arguments: list[str]) -> int:
    top = Path(arguments[0]) if arguments else Path(__file__).parents[2]
    sources = read_project(top)
    count = 0
    for rule in RULES:
        found = findings(rule, sources)
        for finding in found:
            print(f"{finding.path}:{finding.line}: {rule.name}: {finding.message}")
        if found:
            print(f"  {rule.name}: {rule.why}\n")
        count += len(found)
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
