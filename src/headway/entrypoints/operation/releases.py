"""The hashed files of the web client's last releases: tabs that were opened before an upgrade load more of theirs."""

import hashlib
import os
import shutil
import time
from pathlib import Path
from typing import Final

from headway.platform.ids import new_id

FORMER: Final = 2
"""Releases before the present one whose files are kept."""

ASSETS: Final = "assets"
ABANDONED_SECONDS: Final = 3600.0


def keep_release(web_client: Path, kept: Path) -> list[Path]:
    """Copy the present release's hashed files below `kept`; the folders of the former ones, the newest first.

    A copy gets its name once it is whole, so a start that is killed leaves none that is not. Whatever is older than the
    former two goes.
    """
    if not (web_client / ASSETS).is_dir():
        return []
    present = kept / _name(web_client / ASSETS)
    if not present.is_dir():
        _drop_abandoned(kept)
        unfinished = kept / f".{new_id()}"
        shutil.copytree(web_client / ASSETS, unfinished / ASSETS)
        try:
            unfinished.rename(present)
        except OSError:  # another instance was quicker
            shutil.rmtree(unfinished, ignore_errors=True)
    os.utime(present)  # after a way back to it, it is the newest again
    newest = sorted(_releases(kept), key=lambda folder: folder.stat().st_mtime_ns, reverse=True)
    former = [folder for folder in newest if folder != present]
    for old in former[FORMER:]:
        shutil.rmtree(old, ignore_errors=True)
    return former[:FORMER]


def _drop_abandoned(kept: Path) -> None:
    """Copies that a start was killed in; other instances may be making theirs."""
    before = time.time() - ABANDONED_SECONDS  # allow one-clock: compared with times of files
    for folder in kept.glob(".*"):
        if folder.stat().st_mtime < before:
            shutil.rmtree(folder, ignore_errors=True)


def _releases(kept: Path) -> list[Path]:
    return [folder for folder in kept.iterdir() if folder.is_dir() and not folder.name.startswith(".")]


def _name(assets: Path) -> str:
    """The names have hashes of what is in the files, so they are enough."""
    names = sorted(path.name for path in assets.iterdir())
    return hashlib.sha256("\n".join(names).encode()).hexdigest()[:16]
