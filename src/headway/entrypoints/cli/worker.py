"""`headway worker`."""

import asyncio
import os
import sys

from headway.settings import load_settings


def worker() -> None:
    """Do the work beside requests until stopped by Ctrl-C or SIGTERM: consumers of the log, jobs, schedules."""
    settings = load_settings(os.environ)
    from headway.entrypoints.worker import run_worker  # noqa: PLC0415 - settings are checked before all is loaded
    from headway.platform.telemetry import configure_logs  # noqa: PLC0415

    configure_logs(settings.log_level, settings.log_format)

    def announce() -> None:
        sys.stdout.write("Headway works\n")
        sys.stdout.flush()

    asyncio.run(run_worker(settings, announce))
