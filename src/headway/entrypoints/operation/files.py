"""Where the settings have people's files kept."""

from collections.abc import Mapping
from pathlib import Path

from headway.entrypoints.operation.installation import installation_of
from headway.platform.failure import Failure
from headway.platform.objects import Key, LocalObjects, ObjectStore, folder_in, is_s3, open_objects
from headway.settings import Settings

IN_BACKUP = "objects"


def objects_of(settings: Settings) -> ObjectStore:
    """The store of attachments and pictures; nothing is asked of it yet. Failure when the setting makes no sense."""
    key = Key(settings.objects_key_id, settings.objects_secret)
    try:
        return open_objects(settings.objects_url, key, installation_of(settings).uploading)
    except ValueError as wrong:
        raise Failure(f"HEADWAY_OBJECTS_URL {wrong}") from None


def objects_folder(settings: Settings) -> Path | None:
    """The folder of files; None when they are in a store elsewhere."""
    return None if is_s3(settings.objects_url) else folder_in(settings.objects_url)


def folders_of(settings: Settings) -> Mapping[str, Path]:
    """The folders that a backup holds, by their names in it."""
    folder = objects_folder(settings)
    keys = {"keys": installation_of(settings).keys}
    return keys if folder is None else {IN_BACKUP: folder, **keys}


def stores_of(settings: Settings) -> Mapping[str, ObjectStore]:
    """The stores that a backup holds, by their names in it."""
    return {} if objects_folder(settings) else {IN_BACKUP: objects_of(settings)}


def drop_unfinished(settings: Settings, untouched: float) -> None:
    """Remove what a dead process was storing in the folder: what nobody has written to for so many seconds."""
    folder = objects_folder(settings)
    if folder is not None:
        LocalObjects(folder).drop_unfinished(untouched)
