"""How far one copy of the database has come, in one statement."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from sqlalchemy import bindparam, literal, null, select, union_all

from headway.changes.heartbeat import NAME
from headway.changes.schema import heartbeats, streams
from headway.platform.db.port import Reader
from headway.platform.db.statement import Row, Statement, command

_STREAM: Final = re.compile(r"([a-z]{1,16}):([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")
_BEAT: Final = "heartbeat"
_STANDING: Final[Statement[Row]] = command(
    union_all(
        select(streams.c.kind, streams.c.owner, streams.c.version).where(
            streams.c.kind.in_(bindparam("kinds", expanding=True)),
            streams.c.owner.in_(bindparam("owners", expanding=True)),
        ),
        select(literal(_BEAT), null(), heartbeats.c.beat).where(heartbeats.c.name == NAME),
    )
)


class Standing(NamedTuple):
    """Versions of streams (`workspace:<id>`), and the beat of the whole."""

    versions: Mapping[str, int]
    beat: int

    def of(self, names: Sequence[str]) -> tuple[tuple[str, int], ...]:
        """These streams with their versions."""
        return tuple((name, self.versions.get(name, 0)) for name in names)


async def standing(reader: Reader, names: Iterable[str]) -> Standing:
    """How far the reader's copy has come with these streams; what is no stream's name has version 0."""
    parsed = [found.groups() for found in map(_STREAM.fullmatch, names) if found]
    kinds, owners = sorted({kind for kind, _ in parsed}), sorted({owner for _, owner in parsed})
    versions, beat = {}, 0
    for kind, owner, version in await reader.rows(_STANDING, kinds=kinds, owners=owners):
        if owner is None:
            beat = version
        else:
            versions[f"{kind}:{owner}"] = version
    return Standing(versions, beat)
