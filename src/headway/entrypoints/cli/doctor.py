"""`headway doctor`."""

import sys
from typing import Annotated

from cyclopts import Parameter

from headway.entrypoints.cli.failures import FAILED
from headway.entrypoints.cli.running import Json, answer, progress, quiet_settings
from headway.entrypoints.operation.doctor import examine_installation
from headway.platform.clock import SystemClock


def doctor(
    *,
    deep: Annotated[bool, Parameter(negative="", help="Also compare the log with streams, cursors and rows.")] = False,
    json: Json = False,
) -> int:
    """Examine the installation and say what to do. Exit code 1 when something fails, 0 for warnings only."""
    with progress() as report:
        found = examine_installation(quiet_settings(), SystemClock(), deep=deep, progress=report)

    def show() -> None:
        for each in found:
            sys.stdout.write(f"{each.level:8} {each.check}: {each.detail}\n")
            if each.advice:
                sys.stdout.write(f"         -> {each.advice}\n")

    answer(found, json=json, show=show)
    return FAILED if any(each.level == "failure" for each in found) else 0
