"""What two databases hold, compared owner by owner: a stream's rows in a table have one checksum."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable

import msgspec

from headway.platform.db.raw.tables import RawTable, Values

_encode = msgspec.msgpack.Encoder().encode


def checksums(table: RawTable, rows: Iterable[Values], leave_out: Collection[Values]) -> dict[str, str]:
    """A checksum for each owner (the first value of the key), over its rows in the order of their keys."""
    sums: defaultdict[str, hashlib.blake2b] = defaultdict(lambda: hashlib.blake2b(digest_size=16))
    for row in rows:
        if table.key_of(row) not in leave_out:
            sums[table.owner_of(row)].update(_encode(row))
    return {owner: sum_.hexdigest() for owner, sum_ in sums.items()}
