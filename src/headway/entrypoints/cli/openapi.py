"""`headway openapi`."""

import asyncio
import sys

from headway.entrypoints.cli.running import quiet_settings
from headway.entrypoints.operation.describe import describe_api


def openapi() -> None:
    """Print the OpenAPI 3.1 document of the API."""
    sys.stdout.buffer.write(asyncio.run(describe_api(quiet_settings())) + b"\n")
