"""Passwords, addresses, tokens and second factors."""

from functools import partial

from headway.changes.writes import Write
from headway.modules.auth.actions.own import enter_by_session, own_stream
from headway.modules.auth.actions.second_factor import SecondFactorActions
from headway.modules.auth.actions.tokens import make_token, revoke_token
from headway.modules.auth.contracts.messages import (
    AddressChange,
    LinkProof,
    MadeToken,
    NewPassword,
    NewToken,
    PasswordChange,
    PasswordProof,
    RecoveryCodes,
    ResetRequest,
    SecondFactorSetup,
    SecondFactorState,
    Tokens,
    TotpCode,
)
from headway.modules.auth.queries.own import OwnQueries
from headway.modules.auth.service.address_change import AddressRoutes
from headway.modules.auth.service.passwords import PasswordRoutes
from headway.modules.auth.service.second_factor import SecondFactorRoutes
from headway.platform.web.routes import Endpoint, Read, Route

_PROOF_CODES = ("wrong_password", "session_required", "too_many_failures")

_Proven = partial(Endpoint, needs="self", tag="auth", status=204, codes=_PROOF_CODES)
_Public = partial(Endpoint, needs="public", tag="auth", status=204)
_Own = partial(Write, locate=own_stream, enter=enter_by_session, needs="self", tag="auth")


def password_routes(passwords: PasswordRoutes, addresses: AddressRoutes) -> tuple[Route, ...]:
    """The routes of passwords and addresses."""
    return (
        _Proven(method="PUT", path="/auth/password", act=passwords.change, body=PasswordChange),
        _Public(method="POST", path="/auth/password-resets", act=passwords.request_reset, body=ResetRequest),
        _Public(method="PUT", path="/auth/password-resets/{token:str}", act=passwords.reset, body=NewPassword),
        _Proven(method="PUT", path="/auth/email", act=addresses.request, body=AddressChange),
        _Public(
            method="POST",
            path="/auth/email/confirmation",
            act=addresses.confirm,
            body=LinkProof,
            codes=("address_taken",),
        ),
    )


def token_routes(own: OwnQueries) -> tuple[Route, ...]:
    """The routes of personal API tokens."""
    return (
        Read(path="/auth/tokens", act=own.tokens, needs="self", tag="auth", answer=Tokens),
        _Own(
            method="POST",
            path="/auth/tokens",
            act=make_token,
            body=NewToken,
            answer=MadeToken,
            status=201,
            secret=True,
            codes=("session_required", "too_many_tokens", "id_taken", "in_the_past"),
        ),
        _Own(
            method="DELETE",
            path="/auth/tokens/{token_id}",
            act=revoke_token,
            status=204,
            codes=("session_required",),
        ),
    )


def second_factor_routes(
    actions: SecondFactorActions, removal: SecondFactorRoutes, own: OwnQueries
) -> tuple[Route, ...]:
    """The routes of the second factor."""
    secret = partial(_Own, secret=True, codes=("session_required", "totp_enabled", "totp_wrong"))
    return (
        Read(path="/auth/totp", act=own.second_factor, needs="self", tag="auth", answer=SecondFactorState),
        secret(method="POST", path="/auth/totp", act=actions.begin, answer=SecondFactorSetup, status=201),
        secret(
            method="PUT",
            path="/auth/totp/confirmation",
            act=actions.confirm,
            body=TotpCode,
            answer=RecoveryCodes,
        ),
        secret(
            method="POST",
            path="/auth/totp/recovery-codes",
            act=actions.renew_codes,
            body=TotpCode,
            answer=RecoveryCodes,
        ),
        _Proven(method="DELETE", path="/auth/totp", act=removal.take_away, body=PasswordProof),
    )
