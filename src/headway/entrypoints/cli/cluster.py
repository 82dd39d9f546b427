"""`headway cluster ...`."""

import os
import sys
from pathlib import Path
from typing import Annotated, Final, Literal

from cyclopts import App, Parameter
from cyclopts.validators import Number
from rich.table import Table

from headway.entrypoints.cli.failures import FAILED
from headway.entrypoints.cli.running import Json, answer, command, print_table
from headway.entrypoints.cluster.programs import require
from headway.entrypoints.cluster.render import EXAMPLE_NAME, several_machines, write_files
from headway.entrypoints.cluster.state import Cluster, held, load_cluster
from headway.entrypoints.schema import NeedsDriver
from headway.settings import ABOUT, CONFIG, PREFIX, load_settings

try:
    from headway.entrypoints.cluster import control, group
    from headway.entrypoints.cluster.status import status_of
except ModuleNotFoundError as missing:
    raise NeedsDriver("A cluster needs more packages: pip install 'headway[mysql]'.") from missing

FOLDER: Final = Path("data/cluster")

Folder = Annotated[Path, Parameter(name="--dir", help="Folder of the cluster's configuration, data and logs.")]
Stage = Annotated[Literal[2], Parameter(help="Stage of docs/operate.md; so far 2.")]
Name = Annotated[str, Parameter(help="Name of a member, as `headway cluster status` lists them.")]

app = App(
    name="cluster",
    help="Run Headway as a cluster of real servers on this machine.",
    help_epilogue="Example: headway cluster up --stage 2",
)
adding = App(name="add", help="Let the cluster grow.")
app.command(adding)


def _count(least: int) -> Number:
    return Number(gte=least, lte=64)


@command(app, "headway cluster up --stage 2 --dir /tmp/cluster --port 8000")
def up(
    *,
    stage: Stage = 2,
    folder: Folder = FOLDER,
    port: Annotated[
        int | None, Parameter(help="Port of nginx, and of the others the next ones; else free ones.")
    ] = None,
    instances: Annotated[int, Parameter(validator=_count(1), help="Processes that serve.")] = 3,
    replicas: Annotated[int, Parameter(validator=_count(0), help="Database servers beside the primary.")] = 2,
    workers: Annotated[int, Parameter(validator=_count(0), help="Processes that do background work.")] = 1,
) -> None:
    """Start MariaDB with replicas, Redis, instances, workers and nginx, and wait until all can be used.

    In a folder that has a cluster already, whatever does not run is started again. HEADWAY_* variables are settings of
    all instances of a new one, other than those that make up the cluster.
    """
    require(control.PROGRAMS)
    folder = folder.absolute()
    with held(folder):
        if (folder / "cluster.json").exists():
            cluster = load_cluster(folder)
        else:
            cluster = control.plan(
                folder, {"mariadb": replicas + 1, "instance": instances, "worker": workers}, port, _given()
            )
        control.up(cluster, _tell)
    _show_how_to_go_on(cluster)


@command(app, "headway cluster status --json")
def status(*, folder: Folder = FOLDER, json: Json = False) -> int:
    """List all members: process, port, role, whether they can be used, seconds behind. Exit code 1 when one cannot."""
    found = status_of(load_cluster(folder.absolute()))

    def show() -> None:
        table = Table("name", "role", "port", "process", "ready", "lag", "", box=None)
        for each in found:
            lag = "" if each.lag_seconds is None else f"{each.lag_seconds} s"
            table.add_row(
                each.name,
                each.role,
                str(each.port),
                str(each.pid or "-"),
                "yes" if each.ready else "no",
                lag,
                each.note,
            )
        print_table(table)

    answer(found, json=json, show=show)
    return 0 if all(each.ready for each in found) else FAILED


@command(app, "headway cluster down")
def down(*, folder: Folder = FOLDER) -> None:
    """Stop all members in order. Data and configuration stay for the next `up`."""
    with held(folder.absolute()):
        control.down(load_cluster(folder.absolute()))


@command(app, "headway cluster restart --rolling")
def restart(
    *,
    rolling: Annotated[bool, Parameter(negative="", help="One after another, so that somebody always serves.")] = False,
    folder: Folder = FOLDER,
) -> None:
    """Restart instances and workers; without --rolling everything."""
    with held(folder.absolute()):
        cluster = load_cluster(folder.absolute())
        if rolling:
            control.restart_rolling(cluster, _tell)
        else:
            control.down(cluster)
            control.up(cluster, _tell)


@command(app, "headway cluster kill app2")
def kill(name: Name, *, folder: Folder = FOLDER) -> None:
    """End a member at once (SIGKILL), as a crash does."""
    with held(folder.absolute()):
        control.kill(load_cluster(folder.absolute()), name)


@command(app, "headway cluster start app2")
def start(name: Name, *, folder: Folder = FOLDER) -> None:
    """Start a member that does not run. A database server that is no longer the primary follows the new one."""
    with held(folder.absolute()):
        control.start(load_cluster(folder.absolute()), name)


@command(adding, "headway cluster add instance")
def instance(*, folder: Folder = FOLDER) -> None:
    """Start one instance more; nginx is told of it."""
    with held(folder.absolute()):
        control.add_instance(load_cluster(folder.absolute()), _tell)


@command(app, "headway cluster promote db2")
def promote(
    name: Annotated[
        str | None, Parameter(help="The new primary; the one that has received most when left out.")
    ] = None,
    *,
    folder: Folder = FOLDER,
) -> None:
    """Make a replica the primary: after the old one's death, or in its place while it runs."""
    with held(folder.absolute()):
        promoted = group.promote(load_cluster(folder.absolute()), name)
    _tell(f"{promoted.state.primary} takes writes")


@command(app, "headway cluster render --stage 2 production --name tasks.example.org")
def render(
    folder: Annotated[Path, Parameter(help="Folder to make.")],
    *,
    stage: Stage = 2,
    name: Annotated[str, Parameter(help="Name under which people reach Headway.")] = EXAMPLE_NAME,
    instances: Annotated[int, Parameter(validator=_count(1), help="Instances behind nginx.")] = 3,
    replicas: Annotated[int, Parameter(validator=_count(0), help="Database servers beside the primary.")] = 2,
) -> None:
    """Write nginx, MariaDB, Redis and systemd configuration for production, with new passwords and a page about it."""
    write_files(folder, several_machines(name, instances, replicas))
    _tell(f"{folder / 'README.md'} says where each file goes")


def _given() -> dict[str, str]:
    """The settings of the environment, which are checked now rather than by the first instance."""
    load_settings(os.environ)
    given = {name.removeprefix(PREFIX).lower(): value for name, value in os.environ.items() if name.startswith(PREFIX)}
    return {name: value for name, value in given.items() if name in ABOUT and PREFIX + name.upper() != CONFIG}


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _show_how_to_go_on(cluster: Cluster) -> None:
    first = cluster.home(cluster.of("instance")[0])
    _tell(f"Headway is ready on {cluster.public_url}")
    _tell(f"Its first administrator: {CONFIG}={first / 'headway.toml'} headway user add ada@example.org --admin")
