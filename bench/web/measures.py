"""One function a promise of the web client; each gives rows of the table: what, measured, target."""

import statistics
import time
from collections.abc import Callable, Iterator

from playwright.sync_api import Browser

from bench.web.browser import SETTLED, TASK, Desk, Frame, page_of, script_kib, signed_in, work_per_frame
from bench.web.hands import OTHERS_PER_SECOND, Edit, busy_others, edits, passed_on
from bench.web.memory import heap_mb, process_mb
from bench.web.painted import lifting
from bench.web.world import EMAIL, PASSWORD, World

Row = tuple[str, str, str]


def p95(values: list[float]) -> float:
    """The value that 95 of 100 do not exceed."""
    ordered = sorted(values) or [0.0]
    return ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]


def javascript(browser: Browser, world: World) -> Iterator[Row]:
    """What a newcomer's browser loads, as it came over the wire."""
    world.project("Few", "FEW", 20)
    sizes = {encoding: _script_kib(browser, world, encoding) for encoding in ("gzip", "br")}
    for place, (until, target) in enumerate((("sign-in works", 45), ("cards can be dragged", 110))):
        measured = f"{sizes['gzip'][place]:.1f} KiB (brotli: {sizes['br'][place]:.1f})"
        yield f"JavaScript until {until} (gzip, as sent)", measured, f"{target} KiB gzipped"


def _script_kib(browser: Browser, world: World, encoding: str) -> tuple[float, float]:
    """Until sign-in works, and until cards can be dragged."""
    context = browser.new_context(
        viewport={"width": 1440, "height": 900}, extra_http_headers={"Accept-Encoding": encoding}
    )
    seen = script_kib(context)
    page = page_of(context).page
    page.goto(f"{world.address}/sign-in")
    page.get_by_label("Email").fill(EMAIL)
    until_sign_in = sum(size for _, size in seen)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.locator("nav [role=status]", has_text="Saved").wait_for()
    page.goto(f"{world.address}/{world.workspace_id}/FEW?view=board")
    page.locator(TASK).first.wait_for()
    page.evaluate(SETTLED)
    context.close()
    once: dict[str, float] = {}
    for name, size in seen:  # from the cache, a file that was loaded before has no size
        once[name] = max(size, once.get(name, 0.0))
    return until_sign_in, sum(once.values())


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
    yield "layout shift of that board", f"{desk.shift():.3f}", "0.02"
    desk.page.context.close()


def big_board(browser: Browser, world: World) -> Iterator[Row]:
    """5,000 cards on one board."""
    world.project("Cards", "CARDS", 5_000)
    desk = signed_in(browser, world)
    desk.open(f"{world.address}/{world.workspace_id}/CARDS?view=board")
    desk.settle()
    yield "layout shift, 5,000 cards", f"{desk.shift():.3f}", "0.02"
    yield _scrolling("5,000 cards on a board", browser, desk)
    desk.page.evaluate("document.getElementById('measured').scrollTop = 0")
    desk.settle()
    lifts = []
    for place in range(1, 6):
        lifts.append(lifting(desk, desk.page.locator(TASK).nth(place)))
        desk.settle()
    measured = f"{statistics.median(lifts):.0f} ms (slowest of {len(lifts)}: {max(lifts):.0f})"
    yield "drag starts, 5,000 cards: first movement to paint", measured, "100 ms"
    yield _memory("5,000 cards on a board", browser, desk)
    desk.page.context.close()


def big_list(browser: Browser, world: World) -> Iterator[Row]:
    """20,000 tasks in one list."""
    world.project("Rows", "ROWS", 20_000)
    desk = signed_in(browser, world)
    address = f"{world.address}/{world.workspace_id}/ROWS?view=list"
    desk.open(address)
    desk.settle()
    yield _scrolling("20,000 tasks in a list", browser, desk)
    yield "layout shift, 20,000 tasks, scrolling included", f"{desk.shift():.3f}", "0.02"
    yield _memory("20,000 tasks in a list", browser, desk)
    for rate, target in ((1, 50), (4, 100)):
        desk.open(address)
        desk.settle()
        desk.throttle(rate)
        made = edits(desk)
        desk.throttle(1)
        slower = f", processor {rate} times slower" if rate > 1 else ""
        yield from _edits(f"20,000 tasks{slower}", made, target)
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
    yield _memory("100,000 tasks in a workspace", browser, desk)
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
    frames = work_per_frame(browser, desk, "#measured", 400, 120)
    return f"main-thread work per frame, scrolling {what}", _frames(frames), "8 ms"


def _frames(frames: list[Frame]) -> str:
    clock = [frame.clock for frame in frames]
    processor = [frame.processor for frame in frames]
    return (
        f"p95 {p95(clock):.1f} ms (median {statistics.median(clock):.1f}; "
        f"of the processor p95 {p95(processor):.1f}, median {statistics.median(processor):.1f})"
    )


def _edits(what: str, made: list[Edit], target: int) -> Iterator[Row]:
    for how, times in (
        ("to the next paint", [edit.next_paint for edit in made]),
        ("until the change is seen", [edit.shown for edit in made]),
    ):
        yield (
            f"edit {how}, {what}",
            f"p95 {p95(times):.0f} ms (median {statistics.median(times):.0f})",
            f"{target} ms",
        )


def _memory(what: str, browser: Browser, desk: Desk) -> Row:
    return (
        f"memory, {what}",
        f"{heap_mb(desk):.0f} MB of JavaScript, {process_mb(browser):.0f} MB for the whole page",
        "200 MB",
    )
