"""Email addresses: which ones there can be, and what makes two of them the same."""

from headway.platform.problems import Invalid
from headway.platform.text import BadText, check_address, email_key


def check(email: str, field: str = "email") -> str:
    """The address as it is to be shown and written to; Invalid, naming `field`, when no mail could reach it."""
    try:
        return check_address(email)
    except BadText as bad:
        raise Invalid.field(field, bad.code, bad.message) from None


def key(email: str) -> str:
    """The comparable form of an address."""
    return email_key(email)
