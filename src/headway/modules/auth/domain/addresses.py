"""Which email addresses are taken, and what makes two of them the same."""

import re
from typing import Final

from headway.platform.problems import Invalid
from headway.platform.text import email_key

MAXIMUM: Final = 254  # RFC 5321, 4.5.3.1
_LOCAL_MAXIMUM: Final = 64
_ADDRESS: Final = re.compile(
    r"(?P<local>[^\s@\"(),:;<>\[\]\\]+)@(?P<domain>[^\W_](?:[\w-]*[^\W_])?(?:\.[^\W_](?:[\w-]*[^\W_])?)*)"
)


def check(email: str, field: str = "email") -> str:
    """The address; Invalid, naming `field`, when no mail could reach it."""
    found = _ADDRESS.fullmatch(email)
    good = found is not None and len(found["local"]) <= _LOCAL_MAXIMUM and ".." not in email
    if not good or len(email_key(email)) > MAXIMUM:
        raise Invalid.field(field, "not_an_address", "is not an email address")
    return email


def key(email: str) -> str:
    """The comparable form of an address."""
    return email_key(email)
