"""What is done with a cluster as a whole."""

import signal
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from headway.entrypoints.cluster import group
from headway.entrypoints.cluster.ports import ports
from headway.entrypoints.cluster.programs import require
from headway.entrypoints.cluster.services import launch, service_of, stop, wait_until_ready
from headway.entrypoints.cluster.state import Cluster, Kind, Member, make_cluster
from headway.platform.failure import Failure

PROGRAMS: Final = ("mariadbd", "mariadb-install-db", "mariadb", "mariadb-dump", "redis-server", "nginx")

Tell = Callable[[str], None]


class NotRunning(Failure):
    """What was asked for needs a member that runs."""


def plan(folder: Path, sizes: Mapping[Kind, int], first_port: int | None, settings: Mapping[str, str]) -> Cluster:
    """A new cluster with so many members of each kind."""
    free = ports(first_port)
    names: tuple[tuple[Kind, str], ...] = (("mariadb", "db"), ("instance", "app"), ("worker", "worker"))
    front = [Member("nginx", "nginx", next(free)), Member("redis", "redis", next(free))]
    others = [Member(f"{name}{n}", kind, next(free)) for kind, name in names for n in range(1, sizes[kind] + 1)]
    return make_cluster(folder, "db1", [*front, *others], settings)


def up(cluster: Cluster, tell: Tell) -> None:
    """Start whatever does not run, and wait until all can be used. MissingProgram, NotReady."""
    require(PROGRAMS)
    servers = cluster.of("mariadb", "redis")
    idle = [member for member in cluster.of("mariadb") if cluster.process(member).pid is None]
    _start_together(cluster, servers, tell)
    if idle:
        group.take_parts(cluster)
        tell(f"{cluster.state.primary} takes writes")
    first, *others = cluster.of("instance")
    _start_together(cluster, [first], tell)  # the first one brings the schema forward
    _start_together(cluster, [*others, *cluster.of("worker"), *cluster.of("nginx")], tell)


def down(cluster: Cluster) -> None:
    """Stop all: those in front first, the primary before its replicas, so that these have all it wrote."""
    replicas = [member for member in cluster.of("mariadb") if member != cluster.primary]
    for member in [*cluster.of("nginx", "instance", "worker"), cluster.primary, *replicas, *cluster.of("redis")]:
        stop(cluster, member)


def start(cluster: Cluster, name: str) -> None:
    """Start one member again; a database server takes the part that it has now."""
    member = cluster.member(name)
    launch(cluster, member)
    wait_until_ready(cluster, member)
    if member == cluster.primary:
        group.take_parts(cluster)
    elif member.kind == "mariadb":
        group.join(cluster, member)


def kill(cluster: Cluster, name: str) -> None:
    """End a member at once, as a crash does. NotRunning."""
    if not cluster.process(cluster.member(name)).kill():
        raise NotRunning(f"{name} does not run.")


def restart_rolling(cluster: Cluster, tell: Tell) -> None:
    """Restart instances and workers one after another, each when the one before is ready."""
    for member in cluster.of("instance", "worker"):
        stop(cluster, member)
        _start_together(cluster, [member], tell)


def add_instance(cluster: Cluster, tell: Tell) -> Cluster:
    """One instance more; nginx hears of it once it is ready."""
    taken = {member.port for member in cluster.state.members}
    port = next(port for port in ports(None) if port not in taken)
    member = Member(f"app{len(cluster.of('instance')) + 1}", "instance", port)
    grown = cluster.with_state(members=(*cluster.state.members, member))
    _start_together(grown, [member], tell)
    for nginx in grown.of("nginx"):
        service_of(grown, nginx).prepare()
        grown.process(nginx).send(signal.SIGHUP)
    return grown


def _start_together(cluster: Cluster, members: Sequence[Member], tell: Tell) -> None:
    for member in members:
        launch(cluster, member)
    for member in members:
        wait_until_ready(cluster, member)
        tell(f"{member.name} is ready on port {member.port}")
