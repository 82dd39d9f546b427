"""`headway serve`."""

import asyncio
import sys

from headway.entrypoints.cli.running import read_settings


def serve() -> None:
    """Start the server and run until it is stopped by Ctrl-C or SIGTERM.

    A database of an older release is backed up, the backup proven, and then migrated. One of a newer release is
    refused.
    """
    settings = read_settings()
    from headway.entrypoints.server import Ready, run_server  # noqa: PLC0415 - settings are checked before all is loaded

    def announce(ready: Ready) -> None:
        lines = [f"Headway is ready on {ready.public_url}"]
        if not settings.public_is_loopback:
            lines.append(f"It listens on {ready.address}")
        if ready.first_admin_link is not None:
            lines.append(f"Become its administrator (once, by whoever opens it first): {ready.first_admin_link}")
        sys.stdout.write("\n".join(lines) + "\n")
        sys.stdout.flush()

    asyncio.run(run_server(settings, announce))
