"""`headway move`."""

import sys
from typing import Annotated

from cyclopts import Parameter

from headway.entrypoints.cli.running import Json, answer, operate, progress, quiet_settings
from headway.entrypoints.operation.moving import Move, MoveDone
from headway.platform.db.address import parse_address
from headway.platform.failure import Failure


class WrongDatabase(Failure):
    """A URL does not name what this command needs."""


def move(
    *,
    to: Annotated[str, Parameter(help="The new database: mysql://user:password@host/name. It must be empty.")],
    from_: Annotated[
        str | None, Parameter(name="--from", help="The old one, to be sure: must be what HEADWAY_DATABASE_URL says.")
    ] = None,
    json: Json = False,
) -> None:
    """Copy everything, follow what changes meanwhile, pause writes for the rest, verify, and go on there."""
    settings = quiet_settings()
    if from_ is not None and from_ != settings.database_url:
        raise WrongDatabase(f"This installation's database is {settings.database_url}, not {from_}.")
    try:
        parse_address(to)
    except ValueError as error:
        raise WrongDatabase(f"--to {error}") from None
    with progress() as report:
        done = operate(settings, "move", Move(to), MoveDone, report)

    def show() -> None:
        sys.stdout.write(
            f"{done.rows:,} rows are in {done.to} now, those of {done.owners:,} streams and people verified by "
            f"checksum. Nobody could write for {done.paused_seconds:.1f} s.\n"
        )
        if done.server_restarted:
            sys.stdout.write("The server goes on there.\n")
        sys.stdout.write("Set HEADWAY_DATABASE_URL to it for every start from now on. The old file stays as it was.\n")

    answer(done, json=json, show=show)
