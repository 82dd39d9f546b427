"""Logs: one line per event on standard error, for people or as JSON, in which no secret can stand."""

import logging
import re
import sys
from collections.abc import Mapping
from typing import Final, Literal

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

Format = Literal["auto", "human", "json"]

HIDDEN: Final = "[hidden]"
_SECRET_NAME: Final = re.compile(
    r"password|passwd|secret|token|cookie|authorization|credential|api_?key|private_?key|smtp_url|database_url|otp|"
    r"recovery_code",
    re.IGNORECASE,
)
_SECRET_TEXT: Final = re.compile(
    r"(?P<url>[a-z][a-z0-9+.-]*://[^\s:/@]*:)[^\s@/]+(?=@)"  # the password of a URL
    r"|(?P<scheme>\b(?:bearer|basic)\s+)[\w.~+/=-]{8,}"  # RFC 6750, RFC 7617
    r"|(?P<parameter>[?&#](?:token|code|secret|key)=)[^\s&#\"']+"  # links that sign somebody in
    # what we give out ourselves, wherever it stands: 32 random bytes and more, which are no lower-case hash
    r"|(?P<token>)(?<![\w-])(?-i:(?=[\w-]*[A-Z])(?=[\w-]*[a-z]))(?=[\w-]*\d)[\w-]{43,}={0,2}"
    r"|(?P<jwt>)\beyJ[\w-]{10,}(?:\.[\w-]+)+",  # RFC 7519
    re.IGNORECASE,
)
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""What a terminal would obey; somebody's text may stand in an error."""


def configure_logs(level: str, style: Format) -> None:
    """Send the log of this process, libraries included, to standard error. Call it once, at the start."""
    human = style == "human" or (style == "auto" and sys.stderr.isatty())
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    finishing: list[Processor] = [
        structlog.dev.set_exc_info,
        structlog.processors.format_exc_info,
        hide_secrets,
        structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty()) if human else structlog.processors.JSONRenderer(),
    ]
    threshold = logging.getLevelNamesMapping()[level.upper()]
    structlog.configure(
        processors=[*shared, *finishing],
        wrapper_class=structlog.make_filtering_bound_logger(threshold),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *finishing],
        )
    )
    logging.basicConfig(handlers=[handler], level=max(threshold, logging.WARNING), force=True)


def hide_secrets(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Hide values whose name says that they are secret, and secrets that stand inside of texts."""
    return {name: _hidden(name, value) for name, value in event.items()}


def _hidden(name: str, value: object) -> object:
    if _SECRET_NAME.search(name) and value is not None and not isinstance(value, bool | int):
        return HIDDEN
    if isinstance(value, str):
        return _CONTROL.sub("?", _SECRET_TEXT.sub(_without_secret, value))
    if isinstance(value, Mapping):
        return {key: _hidden(str(key), inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_hidden("", inner) for inner in value]
    if isinstance(value, bytes | Exception):
        return _hidden("", str(value))
    return value


def _without_secret(found: re.Match[str]) -> str:
    return next(kept for kept in found.groups() if kept is not None) + HIDDEN
