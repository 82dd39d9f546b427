"""`headway add`."""

import asyncio
import os
import re
import sys
from typing import Annotated, Final

from cyclopts import Parameter

from headway.entrypoints.cli.running import Json, answer, operate, progress, quiet_settings
from headway.entrypoints.operation.adding import Added, AddTask, add_line
from headway.platform.clock import SystemClock

LOCAL: Final = "http://localhost:8000"


def add(
    text: Annotated[str, Parameter(help="What is to be done, and when; in quotation marks, for the shell's sake.")],
    *more: Annotated[str, Parameter(help="More words.")],
    as_: Annotated[str | None, Parameter(name="--as", help="Address or id of the person whose task it is.")] = None,
    json: Json = False,
) -> None:
    """Make a task of a line of text."""
    token = os.environ.get("HEADWAY_TOKEN")
    asked = AddTask(" ".join((text, *more)), as_, _region())
    added = _at_a_server(asked, token) if token and as_ is None else _here(asked)
    answer(added, json=json, show=lambda: _show(added))


def _at_a_server(asked: AddTask, token: str) -> Added:
    from headway.entrypoints.cli.remote import ServerDesk  # noqa: PLC0415 - where there is a token only

    desk = ServerDesk(os.environ.get("HEADWAY_URL", LOCAL), token)
    return asyncio.run(add_line(desk, asked.text, asked.region, SystemClock().now()))


def _here(asked: AddTask) -> Added:
    with progress() as report:
        return operate(quiet_settings(), "add", asked, Added, report)


def _region() -> str:
    """The country of the shell's locale, as US in en_US.UTF-8."""
    locale = next((os.environ[name] for name in ("LC_ALL", "LC_TIME", "LANG") if os.environ.get(name)), "")
    found = re.match(r"[a-z]{2,3}_([A-Z]{2})", locale)
    return found[1] if found else ""


def _show(added: Added) -> None:
    task = added.task
    due = " ".join(str(part) for part in (task.due_date, task.due_time, task.due_zone) if part)
    lines = {
        "project": added.project,
        "for": ", ".join(added.assignees),
        "labels": ", ".join(added.labels),
        "priority": "" if task.priority == "none" else task.priority,
        "estimate": f"{task.estimate_minutes} minutes" if task.estimate_minutes else "",
        "starts": task.start_date or "",
        "due": due,
        "repeats": added.repeats or "",
        "not known": ", ".join(added.unknown),
    }
    shown = [f"  {name:<10}{value}\n" for name, value in lines.items() if value]
    sys.stdout.write(f"{task.key} {task.title}\n{''.join(shown)}")
