"""How much memory a page has."""

from pathlib import Path

from playwright.sync_api import Browser

from bench.web.browser import Desk


def heap_mb(desk: Desk) -> float:
    """JavaScript heap after a collection."""
    desk.tools.send("HeapProfiler.collectGarbage")
    return float(desk.tools.send("Runtime.getHeapUsage")["usedSize"]) / 1e6


def process_mb(browser: Browser) -> float:
    """What the largest renderer has for itself alone: scripts, elements, styles (`Private_*` of smaps_rollup)."""
    session = browser.new_browser_cdp_session()
    processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    session.detach()
    return max(_private_mb(each["id"]) for each in processes if each["type"] == "renderer")


def _private_mb(pid: int) -> float:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_")) * 1024 / 1e6
