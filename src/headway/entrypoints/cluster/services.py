"""How a member of a cluster is run, whatever it is."""

import signal
from collections.abc import Callable, Mapping, Sequence
from typing import Final, Protocol

from headway.entrypoints.cluster.instances import Instance
from headway.entrypoints.cluster.mariadb import MariaDb
from headway.entrypoints.cluster.nginx import Nginx
from headway.entrypoints.cluster.redis import Redis
from headway.entrypoints.cluster.state import Cluster, Kind, Member

READY_SECONDS: Final = 120.0
"""Far more than any takes: a busy machine is no failure."""
STOP_SECONDS: Final = 30.0


class Service(Protocol):
    """One kind of server."""

    def prepare(self) -> None:
        """Write its files."""
        ...

    def command(self) -> Sequence[str]:
        """What runs it."""
        ...

    def environment(self) -> Mapping[str, str]:
        """The variables that it is given."""
        ...

    def is_ready(self) -> bool:
        """Whether it can be used now."""
        ...


SERVICES: Final[Mapping[Kind, Callable[[Cluster, Member], Service]]] = {
    "mariadb": MariaDb,
    "redis": Redis,
    "nginx": Nginx,
    "instance": Instance,
    "worker": Instance,
}


def service_of(cluster: Cluster, member: Member) -> Service:
    """The service that a member is."""
    return SERVICES[member.kind](cluster, member)


def launch(cluster: Cluster, member: Member) -> None:
    """Start a member unless it runs; not yet ready."""
    process = cluster.process(member)
    if process.pid is None:
        service = service_of(cluster, member)
        service.prepare()
        process.start(service.command(), service.environment())


def wait_until_ready(cluster: Cluster, member: Member) -> None:
    """NotReady."""
    cluster.process(member).wait_until(service_of(cluster, member).is_ready, READY_SECONDS)


def stop(cluster: Cluster, member: Member) -> None:
    """End a member, in order where it heeds that."""
    cluster.process(member).stop(signal.SIGTERM, STOP_SECONDS)
