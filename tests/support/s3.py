"""A throwaway server that speaks S3, one a process: it keeps everything in memory and ends with the process."""

import atexit
import contextlib
import itertools
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import httpx

from headway.platform.objects import Key
from tests.support.serving import free_port, running

KEY = Key("tester", "not-a-secret")

_numbers = itertools.count(1)


def new_bucket() -> str:
    """The URL of a bucket with nothing in it."""
    name = f"bucket-{next(_numbers)}"
    httpx.put(f"{server()}/{name}").raise_for_status()
    return f"s3://{name}/files?endpoint={server()}&region=us-east-1"


def settings() -> dict[str, Any]:  # Any: values of settings
    """Settings of a product that keeps its files in a bucket of its own."""
    return {"objects_url": new_bucket(), "objects_key_id": KEY.id, "objects_secret": KEY.secret}


@cache
def server() -> str:
    """The address of this process's server; starts it when asked first."""
    port = free_port()
    life = contextlib.ExitStack()
    folder = Path(life.enter_context(tempfile.TemporaryDirectory(prefix="headway-s3-")))
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    address = f"http://127.0.0.1:{port}"
    life.enter_context(running(command, f"{address}/moto-api/", folder, {}))
    atexit.register(life.close)
    return address
