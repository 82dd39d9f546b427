"""A team for the tests of this folder that need one. Whatever a test did, the log must tell the rows in the end."""

from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.support.fold import assert_log_tells_rows
from tests.support.product import copy_data, running_product
from tests.tasks.team import Team, come_back, make_team


@pytest.fixture(scope="session")
async def first_team(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Team]:
    """A team that has only just come together, and the folder with its data: made once, since it takes a second."""
    folder = tmp_path_factory.mktemp("team") / "data"
    async with running_product(folder) as product:
        team = await make_team(product)
        await product.settled()
    return folder, team


@pytest.fixture
def settings() -> Mapping[str, Any]:  # Any: values of settings
    """What is set for the team; a file of tests may set something else."""
    return {}


@pytest.fixture
async def team(
    first_team: tuple[Path, Team],
    settings: Mapping[str, Any],  # Any: as above
    tmp_path: Path,
) -> AsyncIterator[Team]:
    folder, made = first_team
    copy_data(folder, tmp_path / "data")
    async with running_product(tmp_path / "data", **settings) as product:
        team = await come_back(product, made)
        yield team
        await assert_log_tells_rows(product, team.id)
