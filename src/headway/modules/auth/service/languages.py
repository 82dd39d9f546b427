"""The language of whoever is not signed in."""

from headway.modules.auth.contracts import Language
from headway.platform.web.routes import Asked


def language_of(asked: Asked) -> Language:
    """The first of Accept-Language that there is, its weights left aside (RFC 9110, 12.5.4); else English."""
    for part in asked.headers.get("accept-language", "").split(","):
        tag = part.strip()[:2].lower()
        if tag == "de":
            return "de"
        if tag == "en":
            return "en"
    return "en"
