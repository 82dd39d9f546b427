"""A team for the tests of this folder that need one. Whatever a test did, the log must tell the rows in the end."""

from collections.abc import AsyncIterator

import pytest

from tests.support.fold import assert_log_tells_rows
from tests.support.product import Product
from tests.tasks.team import Team, make_team


@pytest.fixture
async def team(product: Product) -> AsyncIterator[Team]:
    made = await make_team(product)
    yield made
    await assert_log_tells_rows(product, made.id)
