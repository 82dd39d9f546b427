"""Register, sign in and out, and the sessions that there are."""

from functools import partial

from headway.changes.writes import Write
from headway.modules.auth.actions.own import enter_by_session, own_stream
from headway.modules.auth.actions.sessions import end_other_sessions, end_session
from headway.modules.auth.contracts.administration import InstanceInfo
from headway.modules.auth.contracts.messages import Credentials, NewAccount, Sessions, SignedIn
from headway.modules.auth.queries.own import OwnQueries
from headway.modules.auth.service.registration import Door, Registration
from headway.modules.auth.service.sign_in import SignIn
from headway.platform.web.routes import Endpoint, Read, Route

_Public = partial(Endpoint, method="POST", needs="public", tag="auth")
_Ending = partial(
    Write,
    method="DELETE",
    locate=own_stream,
    enter=enter_by_session,
    needs="self",
    tag="auth",
    status=204,
    codes=("session_required",),
)

_REGISTRATION_CODES = (
    "address_taken",
    "id_taken",
    "registration_closed",
    "invitation_required",
    "invitation_invalid",
    "cross_site",
)
_SIGN_IN_CODES = (
    "wrong_credentials",
    "totp_required",
    "totp_wrong",
    "recovery_code_wrong",
    "account_suspended",
    "too_many_failures",
    "cross_site",
)


def routes(registration: Registration, sign_in: SignIn, own: OwnQueries, door: Door) -> tuple[Route, ...]:
    """The routes of browsers' sessions."""
    return (
        Read(path="/instance", act=door.look, needs="public", tag="auth", answer=InstanceInfo),
        _Public(
            path="/auth/register",
            act=registration.register,
            body=NewAccount,
            answer=SignedIn,
            status=201,
            codes=_REGISTRATION_CODES,
        ),
        _Public(path="/auth/login", act=sign_in.login, body=Credentials, answer=SignedIn, codes=_SIGN_IN_CODES),
        _Public(
            path="/auth/refresh",
            act=sign_in.refresh,
            answer=SignedIn,
            codes=("session_ended", "other_person", "cross_site"),
        ),
        _Public(path="/auth/logout", act=sign_in.logout, status=204, codes=("other_person", "cross_site")),
        Read(path="/auth/sessions", act=own.sessions, needs="self", tag="auth", answer=Sessions),
        _Ending(path="/auth/sessions", act=end_other_sessions),
        _Ending(path="/auth/sessions/{session_id}", act=end_session),
    )
