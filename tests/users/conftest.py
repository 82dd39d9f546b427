"""An installation with people."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.auth.place import Place, open_place


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    async with open_place(tmp_path) as opened:
        yield opened
