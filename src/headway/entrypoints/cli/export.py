"""`headway export`."""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from headway.entrypoints.cli.running import Json, answer, operate, progress, quiet_settings
from headway.entrypoints.operation.commands import ExportWorkspace
from headway.entrypoints.operation.transfer import Exported


def export(
    workspace: Annotated[str, Parameter(help="Id or short name (as in its address) of the workspace.")],
    target: Annotated[Path, Parameter(help="New folder, or file that ends in .tar.")],
    *,
    json: Json = False,
) -> None:
    """Write a workspace as JSON and files."""
    asked = ExportWorkspace(workspace, str(target.absolute()))
    with progress() as report:
        done = operate(quiet_settings(), "export", asked, Exported, report)
    said = f"{done.workspace.name}: {done.objects} objects, {done.history} entries of history, {done.files} files"
    answer(done, json=json, show=lambda: print(f"{said} in {done.path}"))
