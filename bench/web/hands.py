"""What a person does while it is measured, and what others do meanwhile."""

import contextlib
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass

from bench.web.browser import TASK, Desk
from bench.web.painted import closing
from bench.web.world import World

OTHERS_PER_SECOND = 50
LONGEST = 20_000  # milliseconds; what has not arrived by then counts as having taken so long
SHORTEST = 16.0  # milliseconds; Event Timing leaves out what was faster


@dataclass(frozen=True)
class Edit:
    """Milliseconds from a key to the next paint (Event Timing), and until the paint that shows what the key did."""

    next_paint: float
    shown: float


def edits(desk: Desk, count: int = 30) -> list[Edit]:
    """Complete one task after another by key."""
    desk.page.locator(TASK).first.locator("a").first.focus()
    made = []
    for _ in range(count):
        desk.page.keyboard.press("j")
        desk.settle()
        desk.painted("keydown")
        shown = closing(desk)
        desk.settle()
        made.append(Edit(max(desk.painted("keydown"), default=SHORTEST), shown))
    return made


WATCH = """
() => {
  const focused = document.activeElement.closest('[data-task]');
  document.addEventListener('keydown', () => { window.pressed = Date.now(); }, { capture: true, once: true });
  return focused.dataset.task;
}
"""
EXPECT = """
(id) => {
  const state = () => document.querySelector(`main [data-task="${id}"]`)?.matches('.closed') ?? 'gone';
  const before = state();
  window.arrived = new Promise((done) => {
    const look = () => { if (state() !== before) { observer.disconnect(); done(Date.now()); } };
    setTimeout(() => done(Date.now()), LONGEST);
    const observer = new MutationObserver(look);
    observer.observe(document.querySelector('main'), { childList: true, subtree: true, attributes: true });
  });
}
"""


def passed_on(here: Desk, there: Desk) -> float:
    """Complete a task here; milliseconds until the other browser shows it."""
    # At the top of the list, which the other browser shows, too.
    here.page.locator(TASK).first.locator("a").first.focus()
    here.page.keyboard.press("j")
    task = here.page.evaluate(WATCH)
    there.page.evaluate(EXPECT.replace("LONGEST", str(LONGEST)), task)
    here.page.keyboard.press("e")
    arrived = there.told("window.arrived")
    return arrived - float(here.page.evaluate("window.pressed"))


@contextlib.contextmanager
def busy_others(world: World, project: str) -> Iterator[None]:
    """Somebody's program renames tasks at the end of the project, so many a second, until the block ends."""
    program = world.another()
    tasks = [each["id"] for each in program.ask("GET", f"/tasks?project_id={project}&limit=200")["items"]][100:]
    stop = threading.Event()

    def work() -> None:
        began = time.monotonic()
        number = 0
        while not stop.is_set():
            program.ask("PATCH", f"/tasks/{tasks[number % len(tasks)]}", {"title": f"Renamed {number}"})
            number += 1
            time.sleep(max(0.0, began + number / OTHERS_PER_SECOND - time.monotonic()))

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
