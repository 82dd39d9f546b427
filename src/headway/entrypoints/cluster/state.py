"""What a cluster is made of, kept in its folder."""

import contextlib
import fcntl
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

import msgspec

from headway.entrypoints.cluster.filling import write_private
from headway.entrypoints.cluster.processes import Process
from headway.platform.failure import Failure, NothingFound

Kind = Literal["mariadb", "redis", "nginx", "instance", "worker"]

HOST: Final = "127.0.0.1"
DATABASE: Final = "headway"


class AlreadyThere(Failure):
    """A folder holds something else than was asked for."""


class Member(msgspec.Struct, frozen=True):
    """One server of a cluster."""

    name: str
    kind: Kind
    port: int


class Passwords(msgspec.Struct, frozen=True):
    """Made at the first start: of the database's users and of Redis."""

    admin: str
    app: str
    read: str
    replication: str
    redis: str

    @classmethod
    def made(cls) -> "Passwords":
        """New ones."""
        return cls(*(secrets.token_urlsafe(24) for _ in cls.__struct_fields__))


class State(msgspec.Struct, frozen=True):
    """The members, which database server takes writes, and settings that all instances are given."""

    stage: int
    primary: str
    members: tuple[Member, ...]
    settings: dict[str, str]


@dataclass(frozen=True, slots=True)
class Cluster:
    """A cluster in its folder."""

    folder: Path
    state: State
    passwords: Passwords

    def of(self, *kinds: Kind) -> list[Member]:
        """The members of these kinds, in the order in which they are started."""
        return [member for member in self.state.members if member.kind in kinds]

    def member(self, name: str) -> Member:
        """NothingFound when no member has that name."""
        for member in self.state.members:
            if member.name == name:
                return member
        names = ", ".join(member.name for member in self.state.members)
        raise NothingFound(f"There is no {name} in this cluster; there are {names}.")

    @property
    def primary(self) -> Member:
        """The database server that takes writes."""
        return self.member(self.state.primary)

    @property
    def public_url(self) -> str:
        """Where people reach it."""
        (nginx,) = self.of("nginx")
        return f"http://localhost:{nginx.port}"

    @property
    def shared(self) -> Path:
        """What all instances share: files and keys."""
        return self.folder / "shared"

    def home(self, member: Member) -> Path:
        """The folder of a member."""
        return self.folder / member.name

    def process(self, member: Member) -> Process:
        """The process of a member."""
        home = self.home(member)
        return Process(member.name, home / "process.json", home / "log")

    def with_state(self, **changes: object) -> "Cluster":
        """The cluster with another state, which is saved."""
        state = msgspec.structs.replace(self.state, **changes)
        _save(self.folder, "cluster.json", state)
        return Cluster(self.folder, state, self.passwords)


def make_cluster(folder: Path, primary: str, members: Sequence[Member], settings: Mapping[str, str]) -> Cluster:
    """A new cluster in an empty folder; only its files, nothing is started."""
    if folder.exists() and any(path.name != "lock" for path in folder.iterdir()):
        raise AlreadyThere(f"{folder} holds something that is no cluster; name another folder with --dir.")
    cluster = Cluster(folder, State(2, primary, tuple(members), dict(settings)), Passwords.made())
    _save(folder, "secrets.json", cluster.passwords)
    _save(folder, "cluster.json", cluster.state)
    return cluster


def load_cluster(folder: Path) -> Cluster:
    """The cluster of a folder. NothingFound."""
    try:
        state = msgspec.json.decode((folder / "cluster.json").read_bytes(), type=State)
        passwords = msgspec.json.decode((folder / "secrets.json").read_bytes(), type=Passwords)
    except FileNotFoundError:
        raise NothingFound(f"There is no cluster in {folder}: `headway cluster up` makes one.") from None
    return Cluster(folder, state, passwords)


@contextlib.contextmanager
def held(folder: Path) -> Iterator[None]:
    """One command at a time changes a cluster; others wait."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder / "lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _save(folder: Path, name: str, what: msgspec.Struct) -> None:
    write_private(folder / name, msgspec.json.format(msgspec.json.encode(what)).decode() + "\n")
