"""The database servers of a cluster as one group: who leads, who follows, and how that changes."""

import shutil
import subprocess
from typing import Final

from headway.entrypoints.cluster.mariadb import (
    APP,
    READER,
    MariaDb,
    endpoint_of,
    node_of,
    replicator_of,
)
from headway.entrypoints.cluster.programs import program
from headway.entrypoints.cluster.services import launch, stop, wait_until_ready
from headway.entrypoints.cluster.state import DATABASE, Cluster, Member
from headway.platform.db.replication import ReplicationFailed
from headway.platform.failure import Failure

COPY_SECONDS: Final = 3600


class CannotPromote(Failure):
    """No server can take the primary's place."""


def running_databases(cluster: Cluster) -> list[Member]:
    """The database servers whose processes run."""
    return [member for member in cluster.of("mariadb") if cluster.process(member).pid is not None]


def take_parts(cluster: Cluster) -> None:
    """After a start: the primary leads, all others follow it."""
    followers = [member for member in running_databases(cluster) if member != cluster.primary]
    for member in followers:
        join(cluster, member)
    node_of(cluster, cluster.primary).lead(replicas=bool(followers))


def join(cluster: Cluster, member: Member) -> None:
    """Let a server follow the primary. One whose data went another way is filled anew from it."""
    node = node_of(cluster, member)
    node.follow(endpoint_of(cluster.primary), replicator_of(cluster))
    if cluster.process(cluster.primary).pid is None:
        return  # it goes on trying
    try:
        node.wait_until_following()
    except ReplicationFailed:
        _fill(cluster, member)


def promote(cluster: Cluster, name: str | None = None) -> Cluster:
    """Make another server the primary: a switch-over while the old one runs, else what follows its death.

    Without a name it is the one that has received most. CannotPromote, ReplicationFailed.
    """
    others = [member for member in running_databases(cluster) if member != cluster.primary]
    candidate = _candidate(cluster, others, name)
    old, node = node_of(cluster, cluster.primary), node_of(cluster, candidate)
    old_runs = cluster.process(cluster.primary).pid is not None
    if old_runs:
        _hand_over(cluster, candidate)
    node.finish_following()
    followers = [member for member in running_databases(cluster) if member != candidate]
    node.lead(replicas=bool(followers))
    promoted = cluster.with_state(primary=candidate.name)
    for member in followers:
        node_of(cluster, member).follow(endpoint_of(candidate), replicator_of(cluster))
    if old_runs:
        old.disconnect((APP, READER))
    return promoted


def _candidate(cluster: Cluster, others: list[Member], name: str | None) -> Member:
    if name is not None:
        chosen = cluster.member(name)
        if chosen not in others:
            raise CannotPromote(f"{name} is no replica that runs.")
        return chosen
    if not others:
        raise CannotPromote("No replica runs.")
    return max(others, key=lambda member: _received(cluster, member))


def _received(cluster: Cluster, member: Member) -> int:
    """How far a replica has got, as the last part of its GTID."""
    following = node_of(cluster, member).following()
    position = following.received if following else node_of(cluster, member).position()
    return int(position.rpartition("-")[2] or 0)


def _hand_over(cluster: Cluster, candidate: Member) -> None:
    """End writes on the old primary once, and only if, the candidate has all of them."""
    old = node_of(cluster, cluster.primary)
    end = old.end_writes()
    try:
        node_of(cluster, candidate).wait_for(end)
    except ReplicationFailed:
        old.lead(replicas=True)
        raise


def _fill(cluster: Cluster, member: Member) -> None:
    """Begin a replica anew with a copy of the primary's data."""
    stop(cluster, member)
    MariaDb(cluster, member).forget()
    launch(cluster, member)
    wait_until_ready(cluster, member)
    _copy(cluster, member)
    node = node_of(cluster, member)
    node.follow(endpoint_of(cluster.primary), replicator_of(cluster))
    node.wait_until_following()


def _copy(cluster: Cluster, member: Member) -> None:
    """The dump says at which position of the primary's log it was made; what fills this server is in no log."""
    source, target = (cluster.home(each) / "client.cnf" for each in (cluster.primary, member))
    dump = [program("mariadb-dump"), f"--defaults-file={source}", "--single-transaction", "--gtid", "--master-data=1"]
    load = [program("mariadb"), f"--defaults-file={target}", "--init-command=SET sql_log_bin = 0"]
    reading = subprocess.Popen([*dump, "--databases", DATABASE], stdout=subprocess.PIPE)  # noqa: S603 - of the system
    with reading:
        done = subprocess.run(load, stdin=reading.stdout, check=False, timeout=COPY_SECONDS)  # noqa: S603 - of the system
    if done.returncode != 0 or reading.returncode != 0:
        shutil.rmtree(cluster.home(member) / "data", ignore_errors=True)
        raise ReplicationFailed(f"{member.name} could not be filled from {cluster.primary.name}")
