"""People choose what they want to hear of, and where."""

from msgspec import UNSET

from headway.changes.work import Work
from headway.modules.notifications.contracts import ChannelsChange, Preferences, PreferencesChange
from headway.modules.notifications.domain.kinds import KINDS, Channels, channels_of
from headway.modules.notifications.store import waiting_mail
from headway.modules.notifications.store.preferences import (
    PREFERENCES,
    PREFERENCES_OF,
    Choices,
    PreferencesRow,
)
from headway.modules.notifications.views import preferences_view


async def change_preferences(work: Work, user_id: str, body: PreferencesChange) -> Preferences:
    """Change where news of some kinds goes. Mail that waits and is wanted no longer is not sent."""
    row = await _own(work, user_id)
    work.check_version(row or _first(user_id, {}))
    choices = dict(row.choices) if row else {}
    for kind in KINDS:
        change = getattr(body.kinds, kind)
        if change is not UNSET:
            choices[kind] = _changed(channels_of(choices, kind), change)
    return preferences_view(await _keep(work, user_id, row, choices))


async def stop_mail(work: Work, user_id: str) -> None:
    """No news by mail any more; nothing else changes."""
    row = await _own(work, user_id)
    held = row.choices if row else {}
    choices: Choices = {kind: Channels(channels_of(held, kind).in_app, mail=False) for kind in KINDS}
    await _keep(work, user_id, row, choices)


async def _own(work: Work, user_id: str) -> PreferencesRow | None:
    return await work.tx.row(PREFERENCES_OF, user_id=user_id)


async def _keep(work: Work, user_id: str, row: PreferencesRow | None, choices: Choices) -> PreferencesRow | None:
    silenced = [kind for kind in KINDS if not channels_of(choices, kind).mail]
    await work.tx.execute(waiting_mail.DROP_KINDS, of_user=user_id, kinds=silenced)
    if row is not None:
        return await work.update(PREFERENCES, row, choices=choices)
    return await work.insert(PREFERENCES, _first(user_id, choices)) if choices else None


def _first(user_id: str, choices: Choices) -> PreferencesRow:
    return PreferencesRow(user_id, choices, 1)


def _changed(held: Channels, change: ChannelsChange) -> Channels:
    return Channels(
        in_app=held.in_app if change.in_app is UNSET else change.in_app,
        mail=held.mail if change.mail is UNSET else change.mail,
    )
