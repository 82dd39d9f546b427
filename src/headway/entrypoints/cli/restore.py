"""`headway restore`."""

import sys
from pathlib import Path
from typing import Annotated, Final

import msgspec
from cyclopts import Parameter

from headway.entrypoints.cli.running import Json, answer, progress, quiet_settings
from headway.entrypoints.operation.backups import prove_and_record, put_in_place
from headway.platform.backup.archive import opened
from headway.platform.backup.make import backups_in
from headway.platform.clock import SystemClock
from headway.platform.failure import NothingFound
from headway.settings import Settings


class Restored(msgspec.Struct, frozen=True):
    """A backup that was proven, and put in place unless it was only checked; `kept` is what was there before."""

    backup: str
    files: int
    size: int
    in_place: bool
    kept: str | None


LATEST: Final = Path("latest")


def restore(
    backup: Annotated[Path, Parameter(help="Folder, tar file or name of a backup, or `latest`.")],
    *,
    check: Annotated[bool, Parameter(negative="", help="Only prove it; the server may run.")] = False,
    json: Json = False,
) -> None:
    """Prove a backup, then put it in the place of what is there."""
    settings = quiet_settings()
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    with progress() as report, opened(_found(settings, backup), settings.data_dir) as folder:
        now = SystemClock().now()
        if check:
            proof, kept = prove_and_record(settings, folder, now, report), None
        else:
            proof, kept = put_in_place(settings, folder, now, report)
    done = Restored(proof.backup, proof.files, proof.size, not check, None if kept is None else str(kept))

    def show() -> None:
        sys.stdout.write(f"{done.backup} of {proof.created_at:%Y-%m-%d %H:%M} UTC is whole: {done.files} files\n")
        if done.in_place:
            sys.stdout.write("It is in place: start the server.\n")
        if done.kept is not None:
            sys.stdout.write(f"What was there before is in {done.kept}; delete it when all is well.\n")

    answer(done, json=json, show=show)


def _found(settings: Settings, backup: Path) -> Path:
    """A path, or the name of a daily backup, or the latest of them."""
    if backup == LATEST and not backup.exists():
        held = backups_in(settings.backup_dir)
        if not held:
            raise NothingFound(f"There is no backup in {settings.backup_dir}")
        return held[-1]
    for path in (backup, settings.backup_dir / backup):
        if path.exists():
            return path
    raise NothingFound(f"There is no backup {backup}")
