"""Which time zones there are."""

from functools import cache
from zoneinfo import available_timezones

_NOT_PLACES = frozenset({"Factory", "localtime"})


@cache
def zone_names() -> frozenset[str]:
    """The names of the IANA database, as this machine knows it. Read from many files, so once for each process."""
    return frozenset(available_timezones() - _NOT_PLACES)
