"""The routes of users."""

from functools import partial

from headway.changes.writes import Write
from headway.modules.auth.contracts.messages import Proof
from headway.modules.users.actions.avatars import remove_avatar
from headway.modules.users.actions.exports import request_export
from headway.modules.users.actions.profiles import ProfileActions, own_stream
from headway.modules.users.contracts import Person
from headway.modules.users.contracts.messages import (
    AvatarQuery,
    Export,
    Exports,
    Me,
    People,
    PeopleQuery,
    ProfileChange,
)
from headway.modules.users.queries.profiles import ReadProfiles
from headway.modules.users.service.avatars import Avatars
from headway.modules.users.service.exports import PersonalExports
from headway.modules.users.service.leaving import Leaving
from headway.platform.web.routes import Endpoint, Read, Route

_Read = partial(Read, needs="self", tag="users")
_Endpoint = partial(Endpoint, needs="self", tag="users")


def profile_routes(read: ReadProfiles, actions: ProfileActions, leaving: Leaving) -> tuple[Route, ...]:
    """Oneself and other people."""
    return (
        _Read(path="/users/me", act=read.me, answer=Me),
        Write(
            method="PATCH",
            path="/users/me",
            locate=own_stream,
            enter=actions.enter,
            act=actions.change,
            needs="self",
            tag="users",
            body=ProfileChange,
            answer=Me,
        ),
        _Endpoint(
            method="DELETE",
            path="/users/me",
            act=leaving.leave,
            body=Proof,
            status=204,
            codes=(
                "wrong_password",
                "totp_required",
                "totp_wrong",
                "recovery_code_wrong",
                "session_required",
                "changed_meanwhile",
                "last_administrator",
                "last_owner",
                "too_many_failures",
            ),
        ),
        _Read(path="/users", act=read.people, query=PeopleQuery, answer=People),
        _Read(path="/users/{user_id}", act=read.person, answer=Person),
    )


def avatar_routes(actions: ProfileActions, avatars: Avatars, upload_limit: int) -> tuple[Route, ...]:
    """Pictures of people."""
    return (
        _Endpoint(
            method="PUT",
            path="/users/me/avatar",
            act=avatars.upload,
            answer=Me,
            status=202,
            upload=upload_limit,
            codes=("too_many_uploads",),
        ),
        Write(
            method="DELETE",
            path="/users/me/avatar",
            locate=own_stream,
            enter=actions.enter,
            act=remove_avatar,
            needs="self",
            tag="users",
            status=204,
        ),
        _Endpoint(
            method="GET",
            path="/users/{user_id}/avatar",
            act=avatars.show,
            query=AvatarQuery,
            media_type="image/webp",
        ),
    )


def export_routes(actions: ProfileActions, exports: PersonalExports) -> tuple[Route, ...]:
    """Exports of oneself."""
    return (
        Write(
            method="POST",
            path="/users/me/export",
            locate=own_stream,
            enter=actions.enter,
            act=request_export,
            needs="self",
            tag="users",
            answer=Export,
            status=202,
            codes=("too_many_exports",),
        ),
        _Read(path="/users/me/exports", act=exports.all_of, answer=Exports),
        _Read(path="/users/me/exports/{export_id}", act=exports.one, answer=Export),
        _Endpoint(
            method="GET",
            path="/users/me/exports/{export_id}/file",
            act=exports.download,
            media_type="application/zip",
        ),
    )
