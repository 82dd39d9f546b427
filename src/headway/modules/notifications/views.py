"""Rows as the API answers them."""

from headway.modules.notifications.contracts import ChannelsByKind, Mute, Notification, Preferences
from headway.modules.notifications.domain.kinds import KINDS, channels_of
from headway.modules.notifications.store.notifications import NotificationRow
from headway.modules.notifications.store.preferences import MuteRow, PreferencesRow


def notification_view(row: NotificationRow) -> Notification:
    """A notification, for the person whose it is."""
    return Notification(
        row.id,
        row.kind,
        row.workspace_id,
        row.task_id,
        row.comment_id,
        row.actor_id,
        row.title,
        row.count,
        row.created_at,
        row.updated_at,
        row.read_at,
        row.version,
    )


def preferences_view(row: PreferencesRow | None) -> Preferences:
    """Preferences, those that were never changed included."""
    choices = row.choices if row else {}
    chosen = ChannelsByKind(**{kind: channels_of(choices, kind) for kind in KINDS})
    return Preferences(chosen, row.version if row else 0)


def mute_view(row: MuteRow) -> Mute:
    """Something that is muted."""
    return Mute(row.id, row.object_id, row.what, row.workspace_id, row.created_at, row.version)
