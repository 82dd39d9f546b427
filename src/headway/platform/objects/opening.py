"""Opens the store that a URL names."""

from pathlib import Path

from headway.platform.failure import Failure
from headway.platform.objects.address import Key, parse_objects
from headway.platform.objects.local import LocalObjects
from headway.platform.objects.port import ObjectStore


class NeedsObstore(Failure):
    """Files are to be kept in S3, and the package for that is missing."""


def open_objects(url: str, key: Key, scratch: Path) -> ObjectStore:
    """The store; nothing is asked of it yet. NeedsObstore. `scratch`: folder for what is on its way there."""
    place = parse_objects(url)
    if isinstance(place, Path):
        return LocalObjects(place)
    try:
        from headway.platform.objects.s3 import S3Objects  # noqa: PLC0415 - most installations have no such store
    except ModuleNotFoundError as missing:
        raise NeedsObstore("HEADWAY_OBJECTS_URL names a store of files: pip install 'headway[s3]'.") from missing
    return S3Objects(place, key, scratch)
