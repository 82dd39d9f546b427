"""What administrators of this installation may do."""

from functools import partial

from headway.changes.writes import Write
from headway.modules.auth.actions import administration as act
from headway.modules.auth.actions.administration import (
    SettingsActions,
    enter,
    enter_by_session,
    instance_stream,
    stream_of_person,
)
from headway.modules.auth.actions.handed_links import HandedLinks
from headway.modules.auth.actions.invitations import withdraw
from headway.modules.auth.contracts.administration import (
    AuditLog,
    AuditQuery,
    HandedLink,
    InstanceSettings,
    Invitations,
    MadeInvitation,
    ManagedPeople,
    NewInvitation,
    PeopleQuery,
    SettingsChange,
)
from headway.modules.auth.queries.administration import AdministrationQueries
from headway.platform.web.routes import Read, Route

_Read = partial(Read, needs="instance:admin", tag="admin")
_OfPerson = partial(Write, locate=stream_of_person, enter=enter, needs="instance:admin", tag="admin")
_OfInstance = partial(Write, locate=instance_stream, enter=enter, needs="instance:admin", tag="admin")


def routes(settings: SettingsActions, handed_links: HandedLinks, queries: AdministrationQueries) -> tuple[Route, ...]:
    """The routes below /admin that belong to accounts."""
    return (
        _Read(path="/admin/people", act=queries.people, query=PeopleQuery, answer=ManagedPeople, slow=True),
        _OfPerson(
            method="PUT",
            path="/admin/people/{user_id}/suspension",
            act=act.suspend,
            status=204,
            codes=("is_administrator",),
        ),
        _OfPerson(method="DELETE", path="/admin/people/{user_id}/suspension", act=act.reinstate, status=204),
        _OfInstance(
            method="PUT",
            path="/admin/people/{user_id}/administrator",
            act=act.make_administrator,
            enter=enter_by_session,
            status=204,
            codes=("not_active", "session_required"),
        ),
        _OfInstance(
            method="DELETE",
            path="/admin/people/{user_id}/administrator",
            act=act.unmake_administrator,
            status=204,
            codes=("last_administrator",),
        ),
        _OfPerson(
            method="POST",
            path="/admin/people/{user_id}/password-resets",
            act=handed_links.reset,
            enter=enter_by_session,
            answer=HandedLink,
            status=201,
            secret=True,
            codes=("not_active", "too_many_links", "session_required", "own_password"),
        ),
        *_settings_routes(settings),
        *_invitation_routes(handed_links, queries),
        _Read(path="/admin/audit", act=queries.audit, query=AuditQuery, answer=AuditLog),
    )


def _settings_routes(settings: SettingsActions) -> tuple[Route, ...]:
    return (
        _Read(path="/admin/settings", act=settings.show, answer=InstanceSettings),
        _OfInstance(
            method="PATCH",
            path="/admin/settings",
            act=settings.change,
            body=SettingsChange,
            answer=InstanceSettings,
        ),
    )


def _invitation_routes(handed_links: HandedLinks, queries: AdministrationQueries) -> tuple[Route, ...]:
    return (
        _Read(path="/admin/invitations", act=queries.invitations, answer=Invitations),
        _OfInstance(
            method="POST",
            path="/admin/invitations",
            act=handed_links.invite,
            body=NewInvitation,
            answer=MadeInvitation,
            status=201,
            secret=True,
            codes=("id_taken", "too_many_invitations"),
        ),
        _OfInstance(method="DELETE", path="/admin/invitations/{invitation_id}", act=withdraw, status=204),
        _OfInstance(
            method="POST",
            path="/admin/invitations/{invitation_id}/link",
            act=handed_links.renew,
            answer=MadeInvitation,
            secret=True,
        ),
    )
