"""The distribution's Chromium, and what its DevTools protocol tells of a page."""

import contextlib
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, Request, sync_playwright

from bench.web.world import EMAIL, PASSWORD, World

TASK = "main [data-task]"
"""A row or a card."""
PATIENCE = 180_000  # milliseconds; a slow page is measured, not given up

# When the first task is in the page, what has moved, and how long each input took until it was painted.
NOTES = """
addEventListener('DOMContentLoaded', () => {
  const look = () => document.querySelector('main [data-task]') && (window.firstTask ??= performance.now());
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
});
window.shift = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
}).observe({ type: 'layout-shift', buffered: true });
window.events = [];
new PerformanceObserver((list) => {
  for (const { name, duration, startTime } of list.getEntries()) window.events.push({ name, duration, startTime });
}).observe({ type: 'event', durationThreshold: 16, buffered: true });
"""


# Without its timeout the callback may never come: Chromium does not always wake up for it once nothing else is due.
SETTLED = "new Promise((done) => requestIdleCallback(() => setTimeout(done, 300), { timeout: 10_000 }))"


@dataclass(frozen=True)
class Desk:
    """A page of somebody who is signed in, with its DevTools session."""

    page: Page
    tools: CDPSession

    def open(self, address: str) -> None:
        """Go to a view and wait until its first tasks are there."""
        self.page.goto(address)
        self.page.wait_for_selector(TASK, timeout=PATIENCE)

    def first_task(self) -> float:
        """Milliseconds from the start of the navigation until the first task was in the page."""
        return float(self.page.evaluate("window.firstTask"))

    def shift(self) -> float:
        """Layout shift since the page was opened, without what an input asked for."""
        return float(self.page.evaluate("window.shift"))

    def throttle(self, rate: int) -> None:
        """Make the processor so many times slower."""
        self.tools.send("Emulation.setCPUThrottlingRate", {"rate": rate})

    def settle(self) -> None:
        """Wait until the page has nothing to do."""
        self.page.evaluate(SETTLED)

    def told(self, promise: str) -> float:
        """The number that a promise in the page comes to; an error when it does not within PATIENCE."""
        late = f"setTimeout(() => fail(Error('{promise} did not come')), {PATIENCE})"
        return float(self.page.evaluate(f"Promise.race([{promise}, new Promise((_, fail) => {late})])"))

    def painted(self, event: str) -> list[float]:
        """Event Timing of an input since the last call: milliseconds until the next paint, in steps of 8, from 16."""
        script = "(name) => { const all = events.filter((e) => e.name === name); window.events = []; return all; }"
        return [float(each["duration"]) for each in self.page.evaluate(script, event)]


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """A browser of its own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or "/usr/bin/chromium", args=["--no-sandbox"]
        )
        yield browser
        browser.close()


def page_of(context: BrowserContext) -> Desk:
    """A new page that takes notes of itself."""
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.add_init_script(NOTES)
    tools = context.new_cdp_session(page)
    tools.send("Performance.enable")
    return Desk(page, tools)


def signed_in(browser: Browser, world: World) -> Desk:
    """Somebody who has everything in their browser: signed in, snapshot stored, service worker at work."""
    desk = page_of(browser.new_context(viewport={"width": 1440, "height": 900}))
    desk.page.goto(f"{world.address}/sign-in")
    desk.page.get_by_label("Email").fill(EMAIL)
    desk.page.get_by_label("Password").fill(PASSWORD)
    desk.page.get_by_role("button", name="Sign in").click()
    desk.page.wait_for_selector("main h1")
    desk.page.locator("nav [role=status]", has_text="Saved").wait_for(timeout=PATIENCE)
    desk.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    desk.settle()
    return desk


def script_kib(context: BrowserContext) -> list[tuple[str, float]]:
    """Fills with every script that the context loads, and its size as it came."""
    seen: list[tuple[str, float]] = []

    def note(request: Request) -> None:
        if request.url.partition("?")[0].endswith(".js"):
            seen.append((request.url.rpartition("/")[2], request.sizes()["responseBodySize"] / 1024))

    context.on("requestfinished", note)
    return seen


@dataclass(frozen=True)
class Frame:
    """Milliseconds that the main thread worked: by the clock, and of the processor, which others may have had."""

    clock: float
    processor: float


def work_per_frame(browser: Browser, desk: Desk, scroller: str, pixels: int, frames: int) -> list[Frame]:
    """What each frame cost while something scrolled so many pixels a frame."""
    session = browser.new_browser_cdp_session()
    events: list[dict[str, Any]] = []
    done: list[bool] = []
    session.on("Tracing.dataCollected", lambda data: events.extend(data["value"]))
    session.on("Tracing.tracingComplete", lambda _: done.append(True))
    categories = ["toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline"]
    session.send("Tracing.start", {"traceConfig": {"includedCategories": categories}})
    desk.page.evaluate(SCROLL, [scroller, pixels, frames])
    session.send("Tracing.end")
    deadline = time.monotonic() + 60
    while not done and time.monotonic() < deadline:
        desk.page.wait_for_timeout(50)
    session.detach()
    return _frames(events)


SCROLL = """
([selector, pixels, frames]) => new Promise((done) => {
  const element = document.querySelector(selector);
  let left = frames;
  const step = () => {
    element.scrollTop += pixels;
    left -= 1;
    if (left > 0) requestAnimationFrame(step); else done();
  };
  console.timeStamp('scrolling');
  requestAnimationFrame(step);
})
"""


def _frames(events: list[dict[str, Any]]) -> list[Frame]:
    """Work of the thread that ran the scrolling script, cut at the beginnings of its frames."""
    mark = next(each for each in events if each["name"] == "TimeStamp" and "scrolling" in str(each.get("args")))
    thread = (mark["pid"], mark["tid"])
    own = sorted((each for each in events if (each["pid"], each["tid"]) == thread), key=lambda each: int(each["ts"]))
    work: list[Frame] = []
    for each in own:
        if each["ts"] < mark["ts"]:
            continue
        if each["name"] == "FireAnimationFrame":
            work.append(Frame(0.0, 0.0))
        elif each["name"] == "RunTask" and work:
            spent = [each.get(name, 0) / 1000 for name in ("dur", "tdur")]
            work[-1] = Frame(work[-1].clock + spent[0], work[-1].processor + spent[1])
    return work
