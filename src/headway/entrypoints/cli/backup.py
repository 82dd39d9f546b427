"""`headway backup`."""

import sys
from pathlib import Path
from typing import Annotated

import msgspec
from cyclopts import Parameter

from headway.entrypoints.cli.running import Json, answer, ask_server, progress, quiet_settings
from headway.entrypoints.operation.backups import BackupMade, back_up
from headway.entrypoints.operation.installation import installation_of
from headway.entrypoints.operation.socket import Nothing
from headway.platform.backup.archive import pack
from headway.platform.clock import SystemClock
from headway.platform.progress import Progress
from headway.settings import Settings


def backup(
    *, to: Annotated[Path | None, Parameter(help="Write it into this tar file as well.")] = None, json: Json = False
) -> None:
    """Back up into HEADWAY_BACKUP_DIR: by the server where one runs, so that only one process works on the data."""
    settings = quiet_settings()
    with progress() as report:
        made = _back_up(settings, report)
        if to is not None:
            pack(Path(made.path), to)

    def show() -> None:
        sys.stdout.write(f"{made.path}: {made.files} files, {made.size:,} bytes, proven\n")
        for name in made.deleted:
            sys.stdout.write(f"deleted {name}, which is older than {settings.backup_keep_days} days\n")

    answer(made, json=json, show=show)


def _back_up(settings: Settings, report: Progress) -> BackupMade:
    raw = ask_server(settings, "backup", Nothing(), report)
    if raw is not None:
        return msgspec.json.decode(raw, type=BackupMade)
    with installation_of(settings).held("headway backup"):
        return back_up(settings, SystemClock().now(), report)
