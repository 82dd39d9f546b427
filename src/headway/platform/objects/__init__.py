"""Files by keys: in a local folder, or in a store that speaks S3."""

from headway.platform.objects.address import Key, S3Address, folder_in, is_s3, parse_objects
from headway.platform.objects.local import LocalObjects, sync_folder
from headway.platform.objects.opening import NeedsObstore, open_objects
from headway.platform.objects.port import PIECE, Held, ObjectStore, Stored, pieces_of

__all__ = [
    "PIECE",
    "Held",
    "Key",
    "LocalObjects",
    "NeedsObstore",
    "ObjectStore",
    "S3Address",
    "Stored",
    "folder_in",
    "is_s3",
    "open_objects",
    "parse_objects",
    "pieces_of",
    "sync_folder",
]
