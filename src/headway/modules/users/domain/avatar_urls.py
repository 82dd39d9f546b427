"""Where pictures of people are."""

from urllib.parse import urlsplit


class AvatarUrls:
    """Paths on this host; another picture has another one, so that each may be kept for ever."""

    def __init__(self, public_url: str) -> None:
        self._base = urlsplit(public_url).path.rstrip("/")

    def of(self, user_id: str, avatar: str | None) -> str | None:
        """The path of a person's picture; None when there is none."""
        return None if avatar is None else f"{self._base}/api/v1/users/{user_id}/avatar?v={avatar}"
