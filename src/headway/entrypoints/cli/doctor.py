"""`headway doctor`."""

import sys
from typing import Annotated

from cyclopts import Parameter

from headway.entrypoints.cli.failures import FAILED
from headway.entrypoints.cli.running import Json, answer, operate, progress, quiet_settings
from headway.entrypoints.operation.doctor import Finding, examine_installation
from headway.entrypoints.operation.doctor.database import RESTORE, is_ready
from headway.entrypoints.operation.doctor.findings import failure, well
from headway.entrypoints.operation.socket import Nothing, Refused
from headway.platform.clock import SystemClock
from headway.platform.problems import Unavailable
from headway.platform.progress import Progress
from headway.settings import Settings


def doctor(
    *,
    deep: Annotated[
        bool, Parameter(negative="", help="Also compare the log with streams, cursors and rows, and rows with files.")
    ] = False,
    json: Json = False,
) -> int:
    """Examine the installation and say what to do. Exit code 1 when something fails, 0 for warnings only."""
    settings = quiet_settings()
    with progress() as report:
        found = examine_installation(settings, SystemClock(), deep=deep, progress=report)
        if deep and is_ready(settings):
            found += [*_replay(settings, report), *_look_for_files(settings, report)]

    def show() -> None:
        for each in found:
            sys.stdout.write(f"{each.level:8} {each.check}: {each.detail}\n")
            if each.advice:
                sys.stdout.write(f"         -> {each.advice}\n")

    answer(found, json=json, show=show)
    return FAILED if any(each.level == "failure" for each in found) else 0


def _replay(settings: Settings, report: Progress) -> list[Finding]:
    """Replay the log over the rows: by the server where one runs."""
    wrong = operate(settings, "replay", Nothing(), list[str], report)
    return [failure("rows", each, RESTORE) for each in wrong] or [well("rows", "the log replayed gives the rows")]


def _look_for_files(settings: Settings, report: Progress) -> list[Finding]:
    """Is every attachment in the store? A store that is away has been found already."""
    try:
        missing = operate(settings, "missing-files", Nothing(), list[str], report)
    except Unavailable:
        return []
    except Refused as refused:
        if refused.refusal.status != Unavailable.status:
            raise
        return []
    advice = "Run `headway restore` with a backup that has them, or put them back into the store."
    return [failure("files", each, advice) for each in missing] or [well("files", "every attachment is there")]
