"""Profiles as the API and other modules see them."""

from headway.modules.auth.contracts import Account
from headway.modules.users.contracts import Person, Profile
from headway.modules.users.contracts.messages import Me
from headway.modules.users.store.profiles import ProfileRow


def first_profile(account: Account) -> ProfileRow:
    """The profile that an account starts with."""
    return ProfileRow(
        account.id,
        account.name,
        account.language,
        account.time_zone,
        1,
        "system",
        {},
        None,
        account.created_at,
        account.created_at,
        1,
    )


def me_view(account: Account, row: ProfileRow) -> Me:
    """Oneself."""
    return Me(
        row.id,
        account.email,
        row.name,
        row.language,
        row.time_zone,
        row.week_start,
        row.theme,
        row.preferences,
        avatar_url(row),
        account.is_admin,
        account.two_factor,
        account.created_at,
        row.updated_at,
        row.version,
    )


def person_view(row: ProfileRow) -> Person:
    """Somebody else."""
    return Person(row.id, row.name, avatar_url(row))


def profile_view(row: ProfileRow) -> Profile:
    """A person's settings."""
    return Profile(row.id, row.name, row.language, row.time_zone, row.week_start, row.preferences)


def avatar_url(row: ProfileRow) -> str | None:
    """Where the picture is; another picture has another address, so that it may be kept for ever."""
    return None if row.avatar is None else f"/users/{row.id}/avatar?v={row.avatar}"
