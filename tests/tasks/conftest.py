"""A team for the tests of this folder that need one."""

import pytest

from tests.support.product import Product
from tests.tasks.team import Team, make_team


@pytest.fixture
async def team(product: Product) -> Team:
    return await make_team(product)
