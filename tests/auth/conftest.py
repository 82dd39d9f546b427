"""An installation that only this machine can reach, and one that everybody can."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.auth.place import PUBLIC, Place, open_place


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    async with open_place(tmp_path) as opened:
        yield opened


@pytest.fixture
async def public_place(tmp_path: Path) -> AsyncIterator[Place]:
    async with open_place(tmp_path, PUBLIC) as opened:
        yield opened
