"""`make bench-web`: the built web client in a real Chromium, against a real server with made-up data.

`python -m bench.web board list` measures only those (see MEASURES). The table goes to docs/performance.md.
"""

import argparse
import os
import tempfile
from pathlib import Path

from bench.web.browser import chromium
from bench.web.measures import MEASURES
from bench.web.world import world


def main() -> None:
    """Each measure with a server of its own, so that none pays for another's data."""
    options = argparse.ArgumentParser()
    options.add_argument("what", nargs="*", choices=[*MEASURES, []], help="all by default")
    chosen = options.parse_args().what or list(MEASURES)
    print("| what | measured | target | load |\n|---|---|---|---|", flush=True)
    for name in chosen:
        with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder, world(Path(folder)) as made, chromium() as browser:
            for what, measured, target in MEASURES[name](browser, made):
                print(f"| {what} | {measured} | {target} | {os.getloadavg()[0]:.1f} |", flush=True)


if __name__ == "__main__":
    main()
