"""Routes of notifications."""

import msgspec

from headway.changes.writes import Write
from headway.modules.notifications import contracts
from headway.modules.notifications.actions import mutes, preferences, reading
from headway.modules.notifications.queries import inbox
from headway.modules.notifications.service.inbox import enter, own_inbox
from headway.modules.notifications.service.unsubscribing import PATH, Unsubscribing
from headway.platform.web.routes import Act, Endpoint, Method, Read, Route

_ONE_CLICK_BYTES = 1000


def routes(muting: mutes.Muting, unsubscribing: Unsubscribing) -> tuple[Route, ...]:
    """All routes of this module."""
    return (*_reads(), *_writes(), *_muting(muting), *_unsubscribing(unsubscribing))


def _reads() -> tuple[Route, ...]:
    return (
        Read(
            path="/notifications",
            query=contracts.NotificationQuery,
            act=inbox.list_notifications,
            depends=inbox.depends,
            needs="self",
            tag="notifications",
            answer=contracts.NotificationPage,
            codes=("bad_cursor",),
        ),
        _read("/notifications/unread", inbox.count_unread, contracts.UnreadCount),
        _read("/notifications/preferences", inbox.get_preferences, contracts.Preferences),
        _read("/notifications/mutes", inbox.list_mutes, contracts.MuteList),
    )


def _writes() -> tuple[Route, ...]:
    one, read_all, change = reading.read_one, reading.read_all, preferences.change_preferences
    return (
        _write("PATCH", "/notifications/{notification_id}", one, contracts.Reading, contracts.Notification),
        _write("PUT", "/notifications/read", read_all, contracts.ReadingAll, contracts.UnreadCount),
        _write("PATCH", "/notifications/preferences", change, contracts.PreferencesChange, contracts.Preferences),
    )


def _muting(muting: mutes.Muting) -> tuple[Route, ...]:
    return (
        *_mute("/notifications/mutes/tasks/{task_id}", muting.mute_task, mutes.unmute_task),
        *_mute("/notifications/mutes/projects/{project_id}", muting.mute_project, mutes.unmute_project),
        *_mute("/notifications/mutes/workspaces/{workspace_id}", muting.mute_workspace, mutes.unmute_workspace),
    )


def _unsubscribing(unsubscribing: Unsubscribing) -> tuple[Route, ...]:
    path = f"{PATH}/{{token:str}}"
    return (
        Endpoint(
            method="GET",
            path=path,
            act=unsubscribing.show,
            needs="public",
            tag="notifications",
            answer=contracts.Unsubscribed,
        ),
        Endpoint(
            method="POST",
            path=path,
            act=unsubscribing.unsubscribe,
            needs="public",
            tag="notifications",
            answer=contracts.Unsubscribed,
            upload=_ONE_CLICK_BYTES,
        ),
    )


def _mute(path: str, mute: Act, unmute: Act) -> tuple[Route, ...]:
    return (
        _write("PUT", path, mute, None, contracts.Mute, codes=("too_many_mutes",)),
        _write("DELETE", path, unmute, None, None, status=204),
    )


def _read(path: str, act: Act, answer: type[msgspec.Struct]) -> Route:
    return Read(path=path, act=act, depends=inbox.depends, needs="self", tag="notifications", answer=answer)


def _write(  # noqa: PLR0917 - what the routes of this table differ in
    method: Method,
    path: str,
    act: Act,
    body: type[msgspec.Struct] | None,
    answer: type[msgspec.Struct] | None,
    status: int = 200,
    codes: tuple[str, ...] = (),
) -> Route:
    return Write(
        method=method,
        path=path,
        body=body,
        act=act,
        locate=own_inbox,
        enter=enter,
        needs="self",
        tag="notifications",
        answer=answer,
        status=status,
        codes=codes,
    )
