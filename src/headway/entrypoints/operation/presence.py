"""Is every file there that a row speaks of?"""

from typing import Final

from headway.changes.log import all_versions
from headway.modules.tasks.contracts.portable import PortableObject, PortableWorkspaces
from headway.platform.db.port import Database, Reader
from headway.platform.objects import ObjectStore
from headway.platform.progress import Progress

FILES: Final = "attachments/"
SHOWN: Final = 20


async def missing_files(
    database: Database, portable: PortableWorkspaces, objects: ObjectStore, report: Progress
) -> list[str]:
    """Files of attachments that the store does not have: sentences, some at most. Unavailable when it is away.

    The rows are read first: a file is stored before its row is written, so that none is missed for being new.
    """
    wanted = await database.read_slowly(lambda reader: _wanted(reader, portable, report))
    held = {each.key for each in await objects.list(FILES)}
    missing = [key for key in wanted if key not in held]
    said = [f"{key} is not in the store" for key in missing[:SHOWN]]
    return said if len(missing) <= SHOWN else [*said, f"{len(missing) - SHOWN} more are not in the store"]


async def _wanted(reader: Reader, portable: PortableWorkspaces, report: Progress) -> list[str]:
    workspaces = sorted(stream.owner for stream in await all_versions(reader) if stream.kind == "workspace")
    keys: list[str] = []

    def note(row: PortableObject) -> None:
        keys.extend(portable.file_keys(row))

    for done, workspace_id in enumerate(workspaces, start=1):
        await portable.objects(reader, workspace_id, note)
        report("looking for files", done, len(workspaces))
    return keys
