"""Shapes of notifications, and what this module asks of others."""

from datetime import datetime
from typing import Annotated, Literal, Protocol

import msgspec
from msgspec import UNSET, UnsetType

from headway.modules.notifications.domain.kinds import Channels, NewsKind
from headway.platform.db.port import Reader
from headway.platform.web.fields import IdText


class Sight(Protocol):
    """What people see now; the tasks module knows."""

    async def project_of(self, reader: Reader, user_id: str, workspace_id: str, task_id: str) -> str | None:
        """The project of a task that a person sees now; None when it is not seen, or in the trash."""
        ...

    async def workspace_of(
        self, reader: Reader, user_id: str, what: Literal["task", "project", "workspace"], object_id: str
    ) -> str | None:
        """The workspace of something that a person sees; None when it is not seen."""
        ...

    async def workspace_name(self, reader: Reader, workspace_id: str) -> str:
        """What a workspace is called; empty when it is gone."""
        ...


class Notification(msgspec.Struct, frozen=True):
    """Something that the reader was told.

    `count` is how many things it stands for. `task_id` is None for an invitation, and when one action changed several
    tasks; `title` is then that of the workspace, or of one of the tasks. `actor_id` is None when it was the clock.
    """

    id: str
    kind: NewsKind
    workspace_id: str
    task_id: str | None
    comment_id: str | None
    actor_id: str | None
    title: str
    count: int
    created_at: datetime
    updated_at: datetime
    read_at: datetime | None
    version: int


class NotificationPage(msgspec.Struct, frozen=True):
    """One page, the newest first, and how many are unread in all."""

    items: list[Notification]
    unread_count: int
    next_cursor: str | None = None


class NotificationQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`unread`: only those that are. `cursor` is the last page's `next_cursor`."""

    unread: bool = False
    limit: Annotated[int, msgspec.Meta(ge=1, le=200)] = 50
    cursor: Annotated[str, msgspec.Meta(max_length=200)] | None = None


class Reading(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whether it counts as read."""

    read: bool


class ReadingAll(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`up_to` is the newest notification that was on the screen; without it all are meant."""

    up_to: IdText | None = None


class UnreadCount(msgspec.Struct, frozen=True):
    """How many notifications are unread."""

    count: int


class ChannelsChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is to change for one kind of news."""

    in_app: bool | UnsetType = UNSET
    mail: bool | UnsetType = UNSET


class ChannelsByKind(msgspec.Struct, frozen=True):
    """Where each kind of news goes."""

    reminder: Channels
    mentioned: Channels
    assigned: Channels
    due: Channels
    invited: Channels
    commented: Channels
    completed: Channels


class ChannelChanges(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is to change, by kind of news; kinds left out stay."""

    reminder: ChannelsChange | UnsetType = UNSET
    mentioned: ChannelsChange | UnsetType = UNSET
    assigned: ChannelsChange | UnsetType = UNSET
    due: ChannelsChange | UnsetType = UNSET
    invited: ChannelsChange | UnsetType = UNSET
    commented: ChannelsChange | UnsetType = UNSET
    completed: ChannelsChange | UnsetType = UNSET


class Preferences(msgspec.Struct, frozen=True):
    """What the reader wants to hear of, and where. `version` is 0 until something was changed."""

    kinds: ChannelsByKind
    version: int


class PreferencesChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is to change of the preferences."""

    kinds: ChannelChanges


class Mute(msgspec.Struct, frozen=True):
    """A task, project or workspace (`object_id`) of which the reader hears nothing."""

    id: str
    object_id: str
    what: Literal["task", "project", "workspace"]
    workspace_id: str
    created_at: datetime
    version: int


class MuteList(msgspec.Struct, frozen=True):
    """All that the reader has muted, the oldest first."""

    items: list[Mute]
    next_cursor: str | None = None


class Unsubscribed(msgspec.Struct, frozen=True):
    """Whether news is mailed to the person whose link it is."""

    mail: bool
