"""Auth's routes."""

from dataclasses import dataclass

from headway.modules.auth.actions.administration import SettingsActions
from headway.modules.auth.actions.handed_links import HandedLinks
from headway.modules.auth.http import admin, credentials, sessions
from headway.modules.auth.queries.administration import AdministrationQueries
from headway.modules.auth.queries.own import OwnQueries
from headway.modules.auth.service.address_change import AddressRoutes
from headway.modules.auth.service.password_change import PasswordRoutes
from headway.modules.auth.service.registration import Door, Registration
from headway.modules.auth.service.second_factor import SecondFactorRoutes
from headway.modules.auth.service.sign_in import SignIn
from headway.modules.auth.service.tokens import TokenRoutes
from headway.platform.web.routes import Route


@dataclass(frozen=True, kw_only=True)
class UseCases:
    """What auth can do, for its edges to list."""

    door: Door
    registration: Registration
    sign_in: SignIn
    passwords: PasswordRoutes
    addresses: AddressRoutes
    second_factor: SecondFactorRoutes
    tokens: TokenRoutes
    own: OwnQueries
    settings: SettingsActions
    handed_links: HandedLinks
    administration: AdministrationQueries


def routes(use: UseCases) -> tuple[Route, ...]:
    """All of them."""
    return (
        *sessions.routes(use.registration, use.sign_in, use.own, use.door),
        *credentials.password_routes(use.passwords, use.addresses),
        *credentials.token_routes(use.tokens, use.own),
        *credentials.second_factor_routes(use.second_factor, use.own),
        *admin.routes(use.settings, use.handed_links, use.administration),
    )
