"""Profiles as the API and other modules see them."""

from headway.modules.auth.contracts import Account
from headway.modules.users.contracts import Person, Profile
from headway.modules.users.contracts.messages import Export, Me
from headway.modules.users.domain.avatar_urls import AvatarUrls
from headway.modules.users.store.exports import ExportRow
from headway.modules.users.store.profiles import ProfileRow


def first_profile(account: Account) -> ProfileRow:
    """The profile that an account starts with."""
    return ProfileRow(
        id=account.id,
        name=account.name,
        language=account.language,
        time_zone=account.time_zone,
        week_start=1,
        theme="system",
        preferences={},
        avatar=None,
        created_at=account.created_at,
        updated_at=account.created_at,
        version=1,
    )


class Views:
    """Rows in the shape that leaves the module."""

    def __init__(self, avatar_urls: AvatarUrls) -> None:
        self._avatar_urls = avatar_urls

    def me(self, account: Account, row: ProfileRow) -> Me:
        """Oneself."""
        return Me(
            id=row.id,
            email=account.email,
            name=row.name,
            language=row.language,
            time_zone=row.time_zone,
            week_start=row.week_start,
            theme=row.theme,
            preferences=row.preferences,
            avatar_url=self._avatar_urls.of(row.id, row.avatar),
            is_admin=account.is_admin,
            two_factor=account.two_factor,
            created_at=account.created_at,
            updated_at=row.updated_at,
            version=row.version,
        )

    def person(self, row: ProfileRow) -> Person:
        """Somebody else."""
        return Person(row.id, row.name, self._avatar_urls.of(row.id, row.avatar))


def profile_view(row: ProfileRow) -> Profile:
    """A person's settings."""
    return Profile(row.id, row.name, row.language, row.time_zone, row.week_start, row.preferences)


def export_view(row: ExportRow) -> Export:
    """An export of oneself."""
    return Export(row.id, row.state, row.size, row.created_at, row.expires_at, row.version)
