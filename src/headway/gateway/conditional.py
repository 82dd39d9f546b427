"""Conditional requests (RFC 9110, 13)."""

from headway.gateway.asgi import Answer
from headway.gateway.exchange import Exchange


def conditional(exchange: Exchange, answer: Answer) -> Answer:
    """304 without a body when If-None-Match names the answer's ETag."""
    wanted = exchange.headers.get("if-none-match")
    if wanted is None or answer.status != 200:
        return answer
    etag = next((value for name, value in answer.headers if name == b"etag"), None)
    if etag is None or not _names(wanted, etag.decode()):
        return answer
    return Answer(304, b"", tuple(pair for pair in answer.headers if pair[0] != b"content-type"))


def _names(wanted: str, etag: str) -> bool:
    each = [tag.strip().removeprefix("W/") for tag in wanted.split(",")]
    return "*" in each or etag.removeprefix("W/") in each
