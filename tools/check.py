"""Runs every quick check at once and shows the output of those that fail: `python -m tools.check`."""

import asyncio
import os
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

TOP = Path(__file__).parents[1]
PROGRAMS = Path(sys.executable).parent
NPM_RUN = [f"{TOP}/tools/setup/with-node.sh", "npm", "--prefix", "web", "run", "--silent"]
WEB_PACKAGES = ["make", "--silent", "web/node_modules/.package-lock.json"]
"""What the web client's checks wait for; the others begin meanwhile."""
CHECKS: Mapping[str, Sequence[str]] = {
    "types": [f"{PROGRAMS}/mypy"],
    "web types": [*NPM_RUN, "check:types"],
    "web lint": [*NPM_RUN, "check:lint"],
    "web format": [*NPM_RUN, "check:format"],
    "boundaries": [f"{PROGRAMS}/lint-imports"],
    "house rules": [sys.executable, "-m", "tools.lint"],
    "lint": [f"{PROGRAMS}/ruff", "check"],
    "format": [f"{PROGRAMS}/ruff", "format", "--check"],
}


async def run(name: str, command: Sequence[str]) -> bool:
    started = time.monotonic()
    process = await asyncio.create_subprocess_exec(
        *command,
        cwd=TOP,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    output, _ = await process.communicate()
    passed = process.returncode == 0
    print(f"{'ok  ' if passed else 'FAIL'} {name} ({time.monotonic() - started:.1f} s)", flush=True)
    if not passed:
        print(output.decode(errors="replace"), flush=True)
    return passed


async def main() -> int:
    os.environ["NO_COLOR"] = "1"
    packages = asyncio.create_task(run("web packages", WEB_PACKAGES))

    async def check(name: str, command: Sequence[str]) -> bool:
        return (await packages if name.startswith("web ") else True) and await run(name, command)

    results = await asyncio.gather(*(check(name, command) for name, command in CHECKS.items()))
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
