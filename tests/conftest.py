"""What holds for every test: no network, no settings from outside, one event loop, long tests only when asked."""

import faulthandler
import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from tests.network_guard import sitecustomize as guard  # importing it is what blocks the network

if TYPE_CHECKING:
    from tests.support.product import Product

STANDARD_ERROR = 2
END_SECONDS = 60  # after the last test
LONG_TEST_SECONDS = 3300  # `make test-long` has an hour; in it one test may kill the server 1,000 times

search_path = [str(Path(guard.__file__).parent), *filter(None, [os.environ.get("PYTHONPATH")])]
os.environ["PYTHONPATH"] = os.pathsep.join(search_path)
for name in [name for name in os.environ if name.startswith("HEADWAY_")]:
    del os.environ[name]

settings.register_profile("short", max_examples=50, deadline=None, derandomize=True, database=None)
settings.register_profile("long", max_examples=2000, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="run the long tests too, and many more examples of the others")
    parser.addoption("--throttle", type=int, default=1, help="slow the pages of browser tests down so many times")
    parser.addoption(
        "--database", choices=("sqlite", "mariadb"), default="sqlite", help="what the product keeps data in"
    )


def pytest_configure(config: pytest.Config) -> None:
    os.environ["TEST_DATABASE"] = config.getoption("--database")
    settings.load_profile("long" if config.getoption("--long") else "short")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    # What may take longest begins first: at the end one process would run it while the others have nothing to do.
    items.sort(key=lambda item: item.get_closest_marker("timeout") is None)
    if config.getoption("--long"):
        for item in items:
            item.add_marker(pytest.mark.timeout(LONG_TEST_SECONDS), append=False)
        return
    long = [item for item in items if item.get_closest_marker("long")]
    config.hook.pytest_deselected(items=long)
    items[:] = [item for item in items if item not in long]


def pytest_unconfigure(config: pytest.Config) -> None:
    """Threads that nobody ended would hold up the end of the process without a word."""
    if hasattr(config, "workerinput"):  # one of several processes waits for the others, as long as they take
        return
    faulthandler.dump_traceback_later(END_SECONDS, exit=True, file=STANDARD_ERROR)


@pytest.fixture(scope="session")
def long_run(request: pytest.FixtureRequest) -> bool:
    """True in `make test-long`: for a test that then repeats more often (1,000 kills instead of 100)."""
    return bool(request.config.getoption("--long"))


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def product(tmp_path: Path) -> "AsyncIterator[Product]":
    """The whole product, with an empty database."""
    from tests.support.product import running_product  # noqa: PLC0415 - unit tests do not need the product to import

    async with running_product(tmp_path / "data") as running:
        yield running
