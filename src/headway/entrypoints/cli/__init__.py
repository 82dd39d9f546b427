"""The command `headway`.

Exit codes: 0 done; 1 failed (the reason stands on standard error); 2 wrong usage or a wrong setting; 3 there is no such
thing; 130 interrupted.
"""

import os
import sys
from collections.abc import Sequence
from typing import Final

from headway.entrypoints.cli.command import Command
from headway.entrypoints.cli.failures import exit_code, sentence

COMMANDS: Final = {
    "serve": Command(
        "serve:serve",
        "Start the server.",
        "A database of an older release is backed up and brought forward first; one of a newer release is refused.",
        "headway serve",
    ),
    "worker": Command(
        "worker:worker",
        "Do the work beside requests: jobs, mail, statistics.",
        "On a database server, beside instances with HEADWAY_BACKGROUND=off; as many as you like.",
        "headway worker",
    ),
    "migrate": Command(
        "migrate:migrate",
        "Bring the database to this release's schema.",
        "After a proven backup. `serve` does the same by itself.",
        "headway migrate",
    ),
    "user": Command(
        "user:app",
        "Add, list, suspend and promote people.",
        "By the running server where there is one, otherwise directly.",
        "headway user add ada@example.org --admin",
    ),
    "token": Command(
        "token:app",
        "Make, list and revoke personal API tokens.",
        "By the running server where there is one, otherwise directly.",
        "headway token create ada@example.org --name script --scope read",
    ),
    "jobs": Command(
        "jobs:app",
        "List jobs and let those that failed run again.",
        "By the running server where there is one, otherwise directly.",
        "headway jobs list --failed",
    ),
    "add": Command(
        "add:add",
        "Make a task of a line of text.",
        "As quick add does in the web client (docs/quick-add.md). With HEADWAY_TOKEN at the server HEADWAY_URL, "
        "otherwise in this installation, for the person named by --as.",
        "headway add 'Call mum tomorrow 5pm #Home !high' --as ada@example.org",
    ),
    "demo": Command(
        "demo:demo",
        "Fill an empty installation with data that looks real.",
        "The same seed makes the same data on the same day. Prints addresses and a password to sign in with.",
        "headway demo --people 1000 --tasks 200000 --seed 7",
    ),
    "backup": Command(
        "backup:backup",
        "Back up database, files and keys, and prove it.",
        "Also while the server runs. A backup holds everything that is secret here: keep it so.",
        "headway backup --to /mnt/other-disk/headway.tar",
    ),
    "restore": Command(
        "restore:restore",
        "Prove a backup and put it in place.",
        "A damaged one is refused before anything is touched. What was there is kept. Stop the server first.",
        "headway restore data/backups/headway-20261123T030000Z",
    ),
    "export": Command(
        "export:export",
        "Write a workspace as JSON and files.",
        "Also while the server runs. `headway import` takes it back without loss.",
        "headway export acme acme.tar",
    ),
    "import": Command(
        "import_:import_",
        "Put an exported workspace in.",
        "People are found by their addresses. A repeat changes nothing; after a crash it goes on.",
        "headway import acme.tar --owner ada@example.org",
    ),
    "move": Command(
        "move:move",
        "Take the data from SQLite to MariaDB or MySQL.",
        "Also while the server runs, which goes on there by itself. Cut off, it is begun again by the same command. "
        "The old file stays as it was.",
        "headway move --to mysql://headway:secret@db.example.org/headway",
    ),
    "doctor": Command(
        "doctor:doctor",
        "Examine settings, database, disk, clock, backups and mail, and say what to do.",
        "Also while the server runs. Exit code 1 when something fails, 0 for warnings only.",
        "headway doctor --deep",
    ),
    "cluster": Command(
        "cluster:app",
        "Run Headway as a cluster of real servers on this machine.",
        "MariaDB with replicas, Redis, nginx, instances and workers, from the system's packages.",
        "headway cluster up --stage 2",
    ),
    "loadtest": Command(
        "loadtest:loadtest",
        "Put the load of many people on an installation, and measure.",
        "Open loop: 94 % reads, 6 % writes, live streams. It changes tasks: for an installation that is there for it.",
        "headway loadtest http://localhost:8000 --email ada.lovelace0@demo.example --password ... --rate 200",
    ),
    "settings": Command(
        "settings:settings",
        "List all settings with values, defaults and meaning.",
        "Values of secrets are not shown.",
        "headway settings --json",
    ),
    "openapi": Command(
        "openapi:openapi",
        "Print the OpenAPI 3.1 document of the API.",
        "The same that the server answers at /api/v1/openapi.json.",
        "headway openapi > openapi.json",
    ),
    "version": Command(
        "version:version",
        "Show the versions of Headway, Python and SQLite.",
        "Name them when you report a problem.",
        "headway version",
    ),
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command line and exit with its code."""
    os.umask(0o077)  # what an installation writes is for its own user
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: Sequence[str]) -> int:
    """Run a command line; its exit code. Whatever goes wrong is told in one line on standard error."""
    try:
        return _call(arguments)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # whoever read the answer has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except Exception as error:
        known = exit_code(error)
        if known is None:
            raise
        print(f"headway: {sentence(error)}", file=sys.stderr)
        return known


def _call(arguments: Sequence[str]) -> int:
    if list(arguments) == ["serve"]:  # a start is quick: what reads arguments would be a fifth of it
        from headway.entrypoints.cli.serve import serve  # noqa: PLC0415

        serve()
        return 0
    from headway.entrypoints.cli.arguments import call  # noqa: PLC0415

    return call(COMMANDS, arguments)
