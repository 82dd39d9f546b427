"""Addresses of the web client's pages that links in mail lead to."""


class PublicLinks:
    """Links below the public URL. Tokens stand behind `#`, which browsers never send to a server."""

    def __init__(self, public_url: str) -> None:
        self._base = public_url.rstrip("/")

    def new_password(self, token: str) -> str:
        """Where a password is set anew."""
        return f"{self._base}/reset#{token}"

    def confirm_address(self, token: str) -> str:
        """Where a new address is confirmed."""
        return f"{self._base}/confirm-address#{token}"

    def register(self, token: str) -> str:
        """Where somebody who was invited registers."""
        return f"{self._base}/register#invitation={token}"
