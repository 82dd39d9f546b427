"""One function a promise of the web client; each gives rows of the table: what, measured, target."""

import statistics
import time
from collections.abc import Callable, Iterator

from playwright.sync_api import Browser

from bench.web.browser import TASK, Desk, page_of, script_kib, signed_in, work_per_frame
from bench.web.hands import OTHERS_PER_SECOND, busy_others, drag, edits, passed_on
from bench.web.world import EMAIL, PASSWORD, World

Row = tuple[str, str, str]


def p95(values: list[float]) -> float:
    """The value that 95 of 100 do not exceed."""
    ordered = sorted(values) or [0.0]
    return ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]


def javascript(browser: Browser, world: World) -> Iterator[Row]:
    """What a newcomer's browser loads, as it came over the wire."""
    world.project("Few", "FEW", 20)
    context = browser.new_context(
        viewport={"width": 1440, "height": 900}, extra_http_headers={"Accept-Encoding": "gzip"}
    )
    seen = script_kib(context)
    page = page_of(context).page
    page.goto(f"{world.address}/sign-in")
    page.get_by_label("Email").fill(EMAIL)
    yield "JavaScript until sign-in works (gzip, as sent)", f"{sum(size for _, size in seen):.1f} KiB", "45 KiB gzipped"
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.locator("nav [role=status]", has_text="Saved").wait_for()
    page.goto(f"{world.address}/{world.workspace_id}/FEW?view=board")
    page.locator(TASK).first.wait_for()
    page.evaluate("new Promise((done) => requestIdleCallback(() => setTimeout(done, 300)))")
    once: dict[str, float] = {}
    for name, size in seen:  # from the cache, a file that was loaded before has no size
        once[name] = max(size, once.get(name, 0.0))
    yield "JavaScript until cards can be dragged (gzip, as sent)", f"{sum(once.values()):.1f} KiB", "110 KiB gzipped"
    context.close()


def warm_start(browser: Browser, world: World) -> Iterator[Row]:
    """A board of 200 cards that this browser has shown before, with the server and without."""
    world.project("Warm", "WARM", 200)
    desk = signed_in(browser, world)
    address = f"{world.address}/{world.workspace_id}/WARM?view=board"
    desk.open(address)
    desk.settle()
    for what, offline in (("warm board from IndexedDB", False), ("the same without a network", True)):
        desk.page.context.set_offline(offline)
        times = []
        for _ in range(5):
            desk.open(address)
            times.append(desk.first_task())
            desk.settle()
        yield what, f"{statistics.median(times):.0f} ms (slowest of 5: {max(times):.0f})", "300 ms"
    desk.page.context.set_offline(False)
    desk.open(address)
    desk.settle()
    yield "layout shift of that board", f"{desk.page.evaluate('window.shift'):.3f}", "0.02"
    desk.page.context.close()


def big_board(browser: Browser, world: World) -> Iterator[Row]:
    """5,000 cards on one board."""
    world.project("Cards", "CARDS", 5_000)
    desk = signed_in(browser, world)
    desk.open(f"{world.address}/{world.workspace_id}/CARDS?view=board")
    desk.settle()
    yield _scrolling("5,000 cards on a board", browser, desk)
    desk.painted("dragstart")
    drag(desk.page, desk.page.locator(TASK).nth(3))
    desk.page.wait_for_timeout(500)
    yield "drag starts, 5,000 cards", f"{max(desk.painted('dragstart') or [16]):.0f} ms", "100 ms"
    yield "JavaScript heap, 5,000 cards on a board", f"{desk.heap_mb():.0f} MB", "200 MB"
    desk.page.context.close()


def big_list(browser: Browser, world: World) -> Iterator[Row]:
    """20,000 tasks in one list."""
    world.project("Rows", "ROWS", 20_000)
    desk = signed_in(browser, world)
    address = f"{world.address}/{world.workspace_id}/ROWS?view=list"
    desk.open(address)
    desk.settle()
    yield _scrolling("20,000 tasks in a list", browser, desk)
    yield "JavaScript heap, 20,000 tasks in a list", f"{desk.heap_mb():.0f} MB", "200 MB"
    for rate, target in ((1, 50), (4, 100)):
        desk.open(address)
        desk.settle()
        desk.throttle(rate)
        times = edits(desk)
        desk.throttle(1)
        slower = f", processor {rate} times slower" if rate > 1 else ""
        yield (
            f"edit to paint, 20,000 tasks{slower}",
            f"p95 {p95(times):.0f} ms (median {statistics.median(times):.0f})",
            f"{target} ms",
        )
    desk.page.context.close()


def together(browser: Browser, world: World) -> Iterator[Row]:
    """Two browsers on one list while somebody else's program makes 50 edits a second."""
    project = world.project("Busy", "BUSY", 400)
    here, there = signed_in(browser, world), signed_in(browser, world)
    for desk in (here, there):
        desk.open(f"{world.address}/{world.workspace_id}/BUSY?view=list")
        desk.settle()
    with busy_others(world, project):
        times = [passed_on(here, there) for _ in range(40)]
    yield (
        f"edit to the other browser, {OTHERS_PER_SECOND} edits/s by others",
        f"p95 {p95(times):.0f} ms (median {statistics.median(times):.0f})",
        "200 ms",
    )
    here.page.context.close()
    there.page.context.close()


def hundred_thousand(browser: Browser, world: World) -> Iterator[Row]:
    """A workspace of 100,000 tasks: the first screen, warm."""
    world.project("Small", "SMALL", 50)
    world.project("Huge", "HUGE", 100_000)
    began = time.monotonic()
    desk = signed_in(browser, world)
    yield "100,000 tasks: signed in and everything stored", f"{time.monotonic() - began:.1f} s", ""
    address = f"{world.address}/{world.workspace_id}/SMALL?view=board"
    desk.open(address)
    desk.settle()
    times = []
    for _ in range(3):
        desk.open(address)
        times.append(desk.first_task())
        desk.settle()
    yield "100,000 tasks: first screen, warm", f"{statistics.median(times):.0f} ms", "300 ms"
    yield "JavaScript heap, 100,000 tasks", f"{desk.heap_mb():.0f} MB", ""
    desk.page.context.close()


MEASURES: dict[str, Callable[[Browser, World], Iterator[Row]]] = {
    "javascript": javascript,
    "warm": warm_start,
    "board": big_board,
    "list": big_list,
    "together": together,
    "huge": hundred_thousand,
}


def _scrolling(what: str, browser: Browser, desk: Desk) -> Row:
    """Scroll the box around the first task by 400 pixels a frame."""
    marked = """
      (selector) => {
        let box = document.querySelector(selector);
        const scrolls = (one) => /auto|scroll/.test(getComputedStyle(one).overflowY);
        while (box && !(box.scrollHeight > box.clientHeight + 50 && scrolls(box))) box = box.parentElement;
        box.id = 'measured';
      }"""
    desk.page.evaluate(marked, TASK)
    work = work_per_frame(browser, desk, "#measured", 400, 120)
    return (
        f"main-thread work per frame, scrolling {what}",
        f"p95 {p95(work):.1f} ms (median {statistics.median(work):.1f})",
        "8 ms",
    )
