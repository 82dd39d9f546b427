"""How the members of a cluster are."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import msgspec

from headway.entrypoints.cluster.mariadb import node_of
from headway.entrypoints.cluster.services import service_of
from headway.entrypoints.cluster.state import Cluster, Kind, Member
from headway.platform.db.replication import Following, ReplicationFailed


class MemberStatus(msgspec.Struct, frozen=True):
    """One member. `role` is primary or replica for a database; `lag_seconds` of a replica that follows."""

    name: str
    kind: Kind
    role: str
    port: int
    pid: int | None
    ready: bool
    lag_seconds: int | None
    note: str


def status_of(cluster: Cluster) -> Sequence[MemberStatus]:
    """All members, asked at the same time: one that hangs holds up none of the others."""
    with ThreadPoolExecutor(len(cluster.state.members)) as pool:
        return list(pool.map(lambda member: _status(cluster, member), cluster.state.members))


def _status(cluster: Cluster, member: Member) -> MemberStatus:
    pid = cluster.process(member).pid
    ready = pid is not None and service_of(cluster, member).is_ready()
    following, note = _part(cluster, member) if ready and member.kind == "mariadb" else (None, "")
    behind = following.behind_seconds if following else None
    return MemberStatus(
        member.name, member.kind, _role(cluster, member), member.port, pid, ready and not note, behind, note
    )


def _role(cluster: Cluster, member: Member) -> str:
    if member.kind != "mariadb":
        return member.kind
    return "primary" if member == cluster.primary else "replica"


def _part(cluster: Cluster, member: Member) -> tuple[Following | None, str]:
    """How a replica follows, and what is wrong with the part that a server has."""
    node = node_of(cluster, member)
    try:
        following, read_only = node.following(), node.is_read_only()
    except ReplicationFailed as error:
        return None, str(error)
    if member == cluster.primary:
        return None, "takes no writes" if read_only else ""
    if not read_only:
        return following, "takes writes beside the primary"
    if following is None or not following.running:
        return following, (following.error if following else "") or "does not follow"
    return following, ""
