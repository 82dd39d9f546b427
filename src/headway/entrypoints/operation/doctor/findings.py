"""What a check has found."""

from typing import Literal

import msgspec

Level = Literal["ok", "warning", "failure"]


class Finding(msgspec.Struct, frozen=True):
    """One result: what was looked at, how it is, and what to do when it is not well (else empty)."""

    check: str
    level: Level
    detail: str
    advice: str = ""


def well(check: str, detail: str) -> Finding:
    """All is well."""
    return Finding(check, "ok", detail)


def warning(check: str, detail: str, advice: str) -> Finding:
    """It works, but not as it should."""
    return Finding(check, "warning", detail, advice)


def failure(check: str, detail: str, advice: str) -> Finding:
    """It does not work, or will not for long."""
    return Finding(check, "failure", detail, advice)
