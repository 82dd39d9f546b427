"""`headway serve`."""

import asyncio
import os
import sys
from typing import Final

from headway.settings import load_settings

ON_THIS_MACHINE: Final = frozenset({"127.0.0.1", "::1", "localhost"})


def serve() -> None:
    """Start the server and run until it is stopped by Ctrl-C or SIGTERM.

    A database of an older release is backed up, the backup proven, and then migrated. One of a newer release is
    refused.
    """
    settings = load_settings(os.environ)
    from headway.entrypoints.server import Ready, run_server  # noqa: PLC0415 - settings are checked before all is loaded
    from headway.platform.telemetry import configure_logs  # noqa: PLC0415

    configure_logs(settings.log_level, settings.log_format)

    def announce(ready: Ready) -> None:
        lines = [f"Headway is ready on {ready.public_url}"]
        if not settings.public_is_loopback:
            lines.append(f"It listens on {ready.address}")
        elif settings.host not in ON_THIS_MACHINE:
            lines.append(
                f"It listens on {ready.address} for other machines too, but its links lead to this one: set "
                "HEADWAY_PUBLIC_URL to where people reach it"
            )
        if ready.first_admin_link is not None:
            lines.append(f"Become its administrator (once, by whoever opens it first): {ready.first_admin_link}")
        sys.stdout.write("\n".join(lines) + "\n")
        sys.stdout.flush()

    moved_to = asyncio.run(run_server(settings, announce))
    if moved_to is not None:  # in the same process, so that whoever looks after it notices nothing
        os.execve(  # noqa: S606 - this very program
            sys.executable, [sys.executable, "-m", "headway", "serve"], {**os.environ, "HEADWAY_DATABASE_URL": moved_to}
        )
