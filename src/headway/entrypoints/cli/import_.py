"""`headway import`."""

import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from headway.entrypoints.cli.running import Json, answer, operate, progress, quiet_settings
from headway.entrypoints.operation.arrival import Imported
from headway.entrypoints.operation.commands import ImportWorkspace
from headway.platform.failure import NothingFound


def import_(
    source: Annotated[Path, Parameter(help="Folder or tar file of an export.")],
    *,
    copy: Annotated[bool, Parameter(negative="", help="Put it in as a team workspace under new ids.")] = False,
    owner: Annotated[str | None, Parameter(help="Somebody (address or id) who is to own it.")] = None,
    json: Json = False,
) -> None:
    """Put an exported workspace in."""
    if not source.exists():
        raise NothingFound(f"There is no file or folder {source}; `headway export` writes what can be put in.")
    asked = ImportWorkspace(str(source.absolute()), copy, owner)
    with progress() as report:
        done = operate(quiet_settings(), "import", asked, Imported, report)

    def show() -> None:
        if done.was_there:
            sys.stdout.write(f"{done.name} is here already; nothing was changed\n")
        else:
            sys.stdout.write(f"{done.name}: {done.objects} objects, {done.files} files ({done.workspace_id})\n")
        for email in done.strangers:
            sys.stdout.write(f"left out as a member, for want of an account here: {email}\n")

    answer(done, json=json, show=show)
