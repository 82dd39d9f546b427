"""The part of an address that stands for a workspace."""

import re
import unicodedata
from typing import Final

LENGTH: Final = 64

RESERVED: Final = frozenset(
    """
    activity admin api assets attention calendar confirm-address dashboard docs events healthz help icon inbox
    invitations login logout members metrics my-tasks new new-password new-project new-workspace notifications
    personal projects readyz register reset search settings sign-in sign-out static support tasks today trash
    upcoming view views welcome workspaces
    """.split()  # noqa: SIM905 - so many words read better as a block
)
"""What the web client and the server answer at themselves, or may one day."""


def slug_of(name: str) -> str:
    """The slug that a workspace of that name begins with."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LENGTH].strip("-") or "team"
    return f"{slug}-team" if slug in RESERVED else slug
