"""Names and kinds of files from people: neither is believed."""

import re
from typing import Final

from headway.modules.tasks.domain.limits import FILE_NAME_LENGTH

PICTURES: Final = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
"""What browsers show and never run; told by the first bytes."""
UNKNOWN: Final = "application/octet-stream"

_FORBIDDEN: Final = re.compile(r'[<>:"|?*\x00-\x1f\x7f]')
_MEDIA_TYPE: Final = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,63}/[a-z0-9][a-z0-9!#$&^_.+-]{0,63}")
_RESERVED: Final = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)", re.IGNORECASE)


def file_name(given: str) -> str:
    """A name that is safe on every system: the last part of a path, without what some system forbids."""
    name = re.split(r"[/\\]", given)[-1]
    name = _FORBIDDEN.sub("_", name).strip(" .")
    if _RESERVED.match(name):
        name = f"_{name}"
    return _shortened(name) or "file"


def media_type(head: bytes, declared: str) -> str:
    """What a file is: a picture only when its first bytes say so, else what its sender says, if that is no picture."""
    found = _picture(head)
    if found is not None:
        return found
    plain = declared.partition(";")[0].strip().lower()
    return plain if _MEDIA_TYPE.fullmatch(plain) and plain not in PICTURES else UNKNOWN


def _picture(head: bytes) -> str | None:
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "image/webp"
    return None


def _shortened(name: str) -> str:
    """At most 255 bytes in UTF-8, as file systems want it, with the ending kept."""
    stem, dot, ending = name.rpartition(".")
    if not dot or not stem or len(ending) > 16:
        stem, ending = name, ""
    ending = f".{ending}" if ending else ""
    room = FILE_NAME_LENGTH - len(ending.encode())
    return stem.encode()[:room].decode(errors="ignore").rstrip(" .") + ending
