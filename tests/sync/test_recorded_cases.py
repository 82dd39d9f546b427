"""The cases that the web client is tested with (web/tests/recorded.test.ts) are what this server tells."""

from pathlib import Path

import pytest

from tests.support.sync_cases import FOLDER, First, make_first, record
from tests.support.sync_histories import HISTORIES

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module")
async def first(tmp_path_factory: pytest.TempPathFactory) -> First:
    return await make_first(tmp_path_factory.mktemp("recorded") / "first")


def test_every_history_is_recorded() -> None:
    assert {path.stem for path in FOLDER.glob("*.json")} == set(HISTORIES)


@pytest.mark.parametrize("name", HISTORIES)
async def test_the_server_still_tells_what_is_recorded(first: First, name: str, tmp_path: Path) -> None:
    """When it rightly tells something else now: `python -m tests.support.sync_cases`."""
    told = await record(name, first, tmp_path / "data")
    assert told.splitlines() == (FOLDER / f"{name}.json").read_text("utf-8").splitlines()
