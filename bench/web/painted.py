"""From what a hand does to the frame that shows what came of it, taken in the page itself."""

from playwright.sync_api import Locator

from bench.web.browser import Desk

# A frame is on the screen when the first task after it runs.
AFTER_FRAME = """
window.afterFrame = (run) => requestAnimationFrame(() => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = run;
  port2.postMessage(null);
});
"""
CLOSING = """
() => {
  const { task } = document.activeElement.closest('[data-task]').dataset;
  const state = () => document.querySelector(`main [data-task="${task}"]`)?.matches('.closed') ?? 'gone';
  const before = state();
  let pressed = 0;
  addEventListener('keydown', (event) => { pressed = event.timeStamp; }, { capture: true, once: true });
  window.painted = new Promise((done) => {
    const look = () => {
      if (state() === before) return;
      observer.disconnect();
      afterFrame(() => done(performance.now() - pressed));
    };
    const observer = new MutationObserver(look);
    observer.observe(document.querySelector('main'), { childList: true, subtree: true, attributes: true });
  });
}
"""
LIFTING = """
() => {
  const root = document.documentElement;
  let moved = 0;
  addEventListener('pointermove', (event) => { moved ||= event.timeStamp; }, { capture: true });
  window.painted = new Promise((done) => {
    const look = () => {
      if (!('dragging' in root.dataset)) return;
      observer.disconnect();
      afterFrame(() => done(performance.now() - moved));
    };
    const observer = new MutationObserver(look);
    observer.observe(root, { attributes: true });
  });
}
"""


def closing(desk: Desk) -> float:
    """Milliseconds from the key that completes the focused task until it is seen to be completed."""
    desk.page.evaluate(AFTER_FRAME)
    desk.page.evaluate(CLOSING)
    desk.page.keyboard.press("e")
    return desk.told("window.painted")


def lifting(desk: Desk, card: Locator) -> float:
    """Take a card, move it, and let go; milliseconds from the first movement until it is seen to be dragged."""
    page = desk.page
    box = card.bounding_box()
    assert box is not None
    page.evaluate(AFTER_FRAME)
    page.mouse.move(box["x"] + 40, box["y"] + 10)
    page.mouse.down()
    page.evaluate(LIFTING)
    page.mouse.move(box["x"] + 60, box["y"] + 40, steps=5)
    lasted = desk.told("window.painted")
    page.keyboard.press("Escape")
    page.mouse.up()
    return lasted
