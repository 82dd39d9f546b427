"""Which releases of the web client are kept beside the present one."""

import os
from pathlib import Path

from headway.entrypoints.operation.releases import keep_release


def built(folder: Path, number: int) -> Path:
    """A web client whose hashed files are of that release."""
    assets = folder / f"built-{number}" / "assets"
    assets.mkdir(parents=True)
    (assets / f"main-{number}.js").write_text(f"release {number}")
    (assets.parent / "index.html").write_text("page")
    return assets.parent


def kept_in(former: list[Path]) -> list[str]:
    return [path.name for folder in former for path in (folder / "assets").iterdir()]


def started(web_client: Path, kept: Path, at: int) -> list[str]:
    """What a start finds of former releases; folders are told apart by their times, not by the clock."""
    former = kept_in(keep_release(web_client, kept))
    for folder in kept.iterdir():
        if (folder / "assets" / f"main-{web_client.name.removeprefix('built-')}.js").exists():
            os.utime(folder, (at, at))
    return former


def test_the_two_releases_before_the_present_one_are_kept(tmp_path: Path) -> None:
    kept = tmp_path / "data" / "web_assets"
    releases = [built(tmp_path, number) for number in range(4)]
    assert started(releases[0], kept, 100) == []
    assert started(releases[0], kept, 110) == []
    assert started(releases[1], kept, 200) == ["main-0.js"]
    assert started(releases[2], kept, 300) == ["main-1.js", "main-0.js"]
    assert started(releases[3], kept, 400) == ["main-2.js", "main-1.js"]
    assert len(list(kept.iterdir())) == 3
    assert started(releases[1], kept, 500) == ["main-3.js", "main-2.js"]  # back to a former release


def test_a_copy_that_was_interrupted_is_made_anew(tmp_path: Path) -> None:
    kept = tmp_path / "web_assets"
    release = built(tmp_path, 1)
    keep_release(release, kept)
    [whole] = list(kept.iterdir())
    (whole / "assets" / "main-1.js").unlink()
    whole.rename(kept / f".{whole.name}")

    assert keep_release(release, kept) == []
    assert [path.name for path in whole.glob("assets/*")] == ["main-1.js"]


def test_without_a_web_client_nothing_is_kept(tmp_path: Path) -> None:
    assert keep_release(tmp_path / "none", tmp_path / "web_assets") == []
    assert not (tmp_path / "web_assets").exists()
