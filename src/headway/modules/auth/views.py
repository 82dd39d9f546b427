"""Rows of auth as others see them."""

from datetime import datetime

from headway.modules.auth.contracts import Account
from headway.modules.auth.contracts.administration import AuditLine, Invitation, InvitationState, ManagedPerson
from headway.modules.auth.contracts.messages import Session, Token, User
from headway.modules.auth.store.accounts import AccountRow
from headway.modules.auth.store.instance import AuditRow, InvitationRow
from headway.modules.auth.store.sessions import SessionRow
from headway.modules.auth.store.tokens import ApiTokenRow


def account_view(row: AccountRow, *, is_admin: bool, two_factor: bool) -> Account:
    """An account without its secrets."""
    return Account(
        row.id,
        row.email,
        is_admin,
        row.state,
        row.created_at,
        row.name,
        row.language,
        row.time_zone,
        two_factor,
    )


def user_view(account: Account) -> User:
    """The person as told to the person."""
    return User(account.id, account.email, account.name, account.is_admin, account.two_factor, account.created_at)


def session_view(row: SessionRow, current: str | None) -> Session:
    """A session as its owner sees it."""
    return Session(row.id, row.address, row.user_agent, row.created_at, row.seen_at, row.expires_at, row.id == current)


def token_view(row: ApiTokenRow) -> Token:
    """A token without what proves it."""
    return Token(row.id, row.name, row.scopes, row.created_at, row.expires_at, row.last_used_at)


def managed_view(account: Account) -> ManagedPerson:
    """Somebody as administrators see them."""
    return ManagedPerson(
        account.id,
        account.name,
        account.email,
        account.state,
        account.is_admin,
        account.two_factor,
        account.created_at,
    )


def invitation_view(row: InvitationRow, now: datetime) -> Invitation:
    """An invitation without its link."""
    state: InvitationState = "expired" if row.expires_at <= now else "open"
    if row.used_by is not None:
        state = "used"
    return Invitation(row.id, row.email, state, row.created_by, row.created_at, row.expires_at)


def audit_view(row: AuditRow) -> AuditLine:
    """A line of the audit log."""
    return AuditLine(row.id, row.at, row.actor, row.action, row.subject, row.details)
