"""Settings as they may be shown: values as text, secrets hidden."""

from pathlib import Path
from typing import Final, Literal, get_args, get_origin, get_type_hints

from headway.settings.declared import ABOUT, Settings

_TYPES: Final = get_type_hints(Settings)


def masked(settings: Settings, name: str) -> str:
    """A setting's value as it may be shown: secrets as stars."""
    value = getattr(settings, name)
    if ABOUT[name].secret and value and not (name == "database_url" and value.startswith("sqlite:")):
        return "********"
    return as_text(value)


def as_text(value: object) -> str:
    """A value as it would be written in the environment."""
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, tuple):
        return ",".join(value)
    return str(value)


def allowed(name: str) -> str:
    """The values that a setting takes, in words."""
    kind, about = _TYPES[name], ABOUT[name]
    if get_origin(kind) is Literal:
        return ", ".join(get_args(kind))
    if kind is bool:
        return "on, off"
    if kind is int:
        return f"{about.minimum} to {about.maximum}"
    return {Path: "path", str: "text"}.get(kind, "list")
