"""The kinds of news, which of them weighs more, and where each goes unless a person says otherwise."""

from collections.abc import Mapping
from typing import Final, Literal, get_args

import msgspec

NewsKind = Literal["reminder", "mentioned", "assigned", "due", "invited", "commented", "completed"]

KINDS: Final[tuple[NewsKind, ...]] = get_args(NewsKind)
"""The weightiest first: what is told when several things happen at once."""


class Channels(msgspec.Struct, frozen=True):
    """Where news of one kind goes: to the notifications of the product, by mail when it stays unread, or nowhere."""

    in_app: bool = True
    mail: bool = True


# An invitation is a mail of its own already; that others complete tasks is pleasant to know, not urgent.
_DEFAULTS: Final[Mapping[NewsKind, Channels]] = {"invited": Channels(mail=False), "completed": Channels(mail=False)}


def channels_of(choices: Mapping[str, Channels], kind: NewsKind) -> Channels:
    """Where news of a kind goes for somebody who made these choices."""
    return choices.get(kind) or _DEFAULTS.get(kind, Channels())


def weight(kind: NewsKind) -> int:
    """Smaller is weightier."""
    return KINDS.index(kind)
