"""Commands while no server runs: the product is put together for the one command."""

import asyncio

import msgspec

from headway.entrypoints.monolith import build_monolith
from headway.entrypoints.operation.commands import perform_on
from headway.entrypoints.operation.installation import installation_of
from headway.entrypoints.operation.prepare import prepare_database
from headway.platform.clock import SystemClock
from headway.platform.db.address import is_server
from headway.platform.progress import Progress
from headway.settings import Settings


async def perform_offline(settings: Settings, command: str, arguments: msgspec.Struct, report: Progress) -> bytes:
    """Hold the data folder, run one command on it, and let it go. InUse when another process holds it."""
    installation = installation_of(settings)
    with installation.held(f"headway {command}"):
        secret = installation.secret()
        await asyncio.to_thread(prepare_database, settings, SystemClock())
        # With a database server the instances do the work beside requests; here it would end with the command.
        alone = not is_server(settings.database_url)
        async with build_monolith(settings, secret, background=alone) as monolith:
            raw = msgspec.Raw(msgspec.json.encode(arguments))
            return msgspec.json.encode(await perform_on(monolith, settings)(command, raw, report))
