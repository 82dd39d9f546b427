"""Looks at a page as a machine does: with axe-core, and with questions of our own about its boxes.

Both come in through the debugger, which the page's own security policy does not bind: that policy stays as it is.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import CDPSession, Page

AXE = Path(__file__).parents[2] / "web/node_modules/axe-core/axe.min.js"
LAYOUT = Path(__file__).with_name("inspect") / "layout.js"

_RUN = """
axe.run(document, {resultTypes: ['violations'], preload: false}).then((result) =>
  result.violations.flatMap(({id, nodes}) => nodes.map(({target, failureSummary}) =>
    `${id}: ${target.join(' ')} ${(failureSummary || '').split('\\n').slice(1, 3).join(' ').trim()}`)))
"""


class Inspector:
    """Asks one page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._debugger: CDPSession = page.context.new_cdp_session(page)

    def axe(self) -> list[str]:
        """What axe-core holds against the page as it is now, one sentence for each node."""
        self._bring("axe", AXE)
        return self._sentences(_RUN)

    def layout(self, *questions: str) -> list[str]:
        """What is wrong with its boxes: `sideways`, `small`, `clipped`, `vanished`, `unfocused`."""
        self._bring("inspect", LAYOUT)
        return [
            f"{question}: {found}"
            for question in questions
            for found in self._sentences(f"inspect({json.dumps(question)})")
        ]

    def settle(self) -> None:
        """Wait until fonts are there and nothing moves."""
        self._evaluate(
            "document.fonts.ready.then(() => Promise.allSettled(document.getAnimations().map((one) => one.finished)))"
            ".then(() => true)"
        )

    def _bring(self, name: str, source: Path) -> None:
        if not self._evaluate(f"typeof window[{json.dumps(name)}] !== 'undefined'"):
            self._evaluate(_text(source) + "\n;true")

    def _sentences(self, expression: str) -> list[str]:
        found: list[str] = self._evaluate(expression)
        return found

    def _evaluate(self, expression: str) -> Any:  # Any: JSON
        answer = self._debugger.send(
            "Runtime.evaluate", {"expression": expression, "awaitPromise": True, "returnByValue": True}
        )
        if "exceptionDetails" in answer:
            raise AssertionError(answer["exceptionDetails"].get("exception", answer["exceptionDetails"]))
        return answer["result"].get("value")


@cache
def _text(path: Path) -> str:
    assert path.is_file(), f"{path.name} is missing: run `npm --prefix web ci`"
    return path.read_text(encoding="utf-8")
