"""Auth's routes."""

from headway.modules.auth.contracts.messages import Credentials, NewAccount, SignedIn
from headway.modules.auth.service.registration import Registration
from headway.modules.auth.service.sign_in import SignIn
from headway.platform.web.routes import Endpoint, Route


def routes(registration: Registration, sign_in: SignIn) -> tuple[Route, ...]:
    """All routes below /auth."""
    return (
        Endpoint(
            method="POST",
            path="/auth/register",
            act=registration.register,
            needs="public",
            tag="auth",
            body=NewAccount,
            answer=SignedIn,
            status=201,
            codes=("address_taken", "id_taken", "registration_closed"),
        ),
        Endpoint(
            method="POST",
            path="/auth/login",
            act=sign_in.login,
            needs="public",
            tag="auth",
            body=Credentials,
            answer=SignedIn,
            codes=("wrong_credentials",),
        ),
    )
