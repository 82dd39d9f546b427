"""Shapes of undo."""

import msgspec

from headway.platform.web.fields import IdText


class UndoRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The action to take back: the `action_id` of its entries, or of the answer to the write."""

    action_id: IdText


class Undone(msgspec.Struct, frozen=True):
    """`action_id` is the undo's own, so that it can be undone too; `entries` says how much was changed."""

    action_id: str
    entries: int
