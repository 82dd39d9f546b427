"""Passwords, addresses, tokens and second factors."""

from functools import partial

from headway.changes.writes import Write
from headway.modules.auth.actions.own import enter_by_session, own_stream
from headway.modules.auth.actions.tokens import revoke_token
from headway.modules.auth.contracts.messages import (
    AddressChange,
    LinkProof,
    MadeToken,
    NewPassword,
    PasswordChange,
    Proof,
    ProvenToken,
    RecoveryCodes,
    ResetRequest,
    SecondFactorSetup,
    SecondFactorState,
    Tokens,
    TotpCode,
)
from headway.modules.auth.queries.own import OwnQueries
from headway.modules.auth.service.address_change import AddressRoutes
from headway.modules.auth.service.password_change import PasswordRoutes
from headway.modules.auth.service.second_factor import SecondFactorRoutes
from headway.modules.auth.service.tokens import TokenRoutes
from headway.platform.web.routes import Endpoint, Read, Route

_PROOF_CODES = ("wrong_password", "session_required", "too_many_failures")

_CONFIRMED_CODES = (
    *_PROOF_CODES,
    "totp_required",
    "totp_wrong",
    "recovery_code_wrong",
    "changed_meanwhile",
    "already_done",
)

_Confirmed = partial(Endpoint, needs="self", tag="auth", codes=_CONFIRMED_CODES)
_Public = partial(Endpoint, needs="public", tag="auth", status=204)
_Own = partial(Write, locate=own_stream, enter=enter_by_session, needs="self", tag="auth")


def password_routes(passwords: PasswordRoutes, addresses: AddressRoutes) -> tuple[Route, ...]:
    """The routes of passwords and addresses."""
    return (
        _Confirmed(method="PUT", path="/auth/password", act=passwords.change, body=PasswordChange, status=204),
        _Public(method="POST", path="/auth/password-resets", act=passwords.request_reset, body=ResetRequest),
        _Public(method="PUT", path="/auth/password-resets", act=passwords.reset, body=NewPassword),
        _Confirmed(method="PUT", path="/auth/email", act=addresses.request, body=AddressChange, status=204),
        _Public(
            method="POST",
            path="/auth/email/confirmation",
            act=addresses.confirm,
            body=LinkProof,
            codes=("address_taken",),
        ),
    )


def token_routes(tokens: TokenRoutes, own: OwnQueries) -> tuple[Route, ...]:
    """The routes of personal API tokens."""
    return (
        Read(path="/auth/tokens", act=own.tokens, needs="self", tag="auth", answer=Tokens),
        _Confirmed(
            method="POST",
            path="/auth/tokens",
            act=tokens.make,
            body=ProvenToken,
            answer=MadeToken,
            status=201,
            codes=(*_CONFIRMED_CODES, "too_many_tokens", "id_taken", "in_the_past"),
        ),
        _Own(
            method="DELETE",
            path="/auth/tokens/{token_id}",
            act=revoke_token,
            status=204,
            codes=("session_required",),
        ),
    )


def second_factor_routes(factor: SecondFactorRoutes, own: OwnQueries) -> tuple[Route, ...]:
    """The routes of the second factor."""
    return (
        Read(path="/auth/totp", act=own.second_factor, needs="self", tag="auth", answer=SecondFactorState),
        _Confirmed(
            method="POST",
            path="/auth/totp",
            act=factor.begin,
            body=Proof,
            answer=SecondFactorSetup,
            status=201,
            codes=(*_CONFIRMED_CODES, "totp_enabled"),
        ),
        _Confirmed(
            method="PUT",
            path="/auth/totp/confirmation",
            act=factor.confirm,
            body=TotpCode,
            answer=RecoveryCodes,
            codes=(*_CONFIRMED_CODES, "totp_enabled"),
        ),
        _Confirmed(
            method="POST",
            path="/auth/totp/recovery-codes",
            act=factor.renew_codes,
            body=Proof,
            answer=RecoveryCodes,
        ),
        _Confirmed(method="DELETE", path="/auth/totp", act=factor.take_away, body=Proof, status=204),
    )
