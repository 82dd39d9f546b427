"""`headway migrate`."""

import asyncio
import sys
from typing import Annotated

import msgspec
from cyclopts import Parameter

from headway.entrypoints.cli.running import Json, answer, progress, quiet_settings
from headway.entrypoints.operation.installation import installation_of
from headway.entrypoints.operation.prepare import prepare_database
from headway.entrypoints.operation.signing_key import take_key_over
from headway.entrypoints.schema import PARTS, schema_of
from headway.platform.clock import SystemClock
from headway.platform.db.migrate import revisions_of


class Migrated(msgspec.Struct, frozen=True):
    """The modules that were brought forward, and the revision that each module is at."""

    changed: list[str]
    revisions: dict[str, str]


def migrate(
    *,
    take_key: Annotated[
        bool, Parameter(negative="", help="Let a database server's instances use the signing key of this one.")
    ] = False,
    json: Json = False,
) -> None:
    """Bring the database to the schema of this release, after a proven backup. `serve` does the same by itself."""

    settings = quiet_settings()
    with installation_of(settings).held("headway migrate"), progress() as report:
        changed = prepare_database(settings, SystemClock(), report)
        if take_key:
            asyncio.run(take_key_over(settings, installation_of(settings).secret()))
    done = Migrated([part.name for part in changed], revisions_of(schema_of(settings), PARTS))

    def show() -> None:
        for name in done.changed:
            sys.stdout.write(f"{name}: now at {done.revisions[name]}\n")
        if not done.changed:
            sys.stdout.write("Nothing to do: the database has the schema of this release.\n")

    answer(done, json=json, show=show)
