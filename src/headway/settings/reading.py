"""Reads the settings from the environment and from a TOML file, or says in one line what is wrong.

A setting `port` is HEADWAY_PORT in the environment, and `port = 8000` in the TOML file that HEADWAY_CONFIG names
(`./headway.toml` when it is there). The environment wins.
"""

import tomllib
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final, Literal, get_args, get_origin, get_type_hints

from headway.settings.declared import ABOUT, About, Settings
from headway.settings.shown import as_text

PREFIX: Final = "HEADWAY_"
CONFIG: Final = "HEADWAY_CONFIG"
NO_SETTINGS: Final = frozenset({CONFIG, PREFIX + "URL", PREFIX + "TOKEN"})
"""Where the settings are; and for `headway add` the server that it talks to, and as whom."""
DEFAULT_FILE: Final = Path("headway.toml")

_TYPES: Final = get_type_hints(Settings)


class SettingsError(Exception):
    """A setting is unknown or wrong; the message is one line that says which and what would be right."""


def load_settings(environ: Mapping[str, str]) -> Settings:
    """Read and check all settings. SettingsError names the first that is unknown or wrong."""
    given = _from_file(environ)
    for variable, value in sorted(environ.items()):
        if variable.startswith(PREFIX) and variable not in NO_SETTINGS:
            name = variable.removeprefix(PREFIX).lower()
            _refuse_unknown(name, variable, _variable)
            given[name] = _read(variable, name, value)
    return Settings(**given)


def _from_file(environ: Mapping[str, str]) -> dict[str, Any]:  # Any: values of the fields' types
    path = Path(environ[CONFIG]) if environ.get(CONFIG) else DEFAULT_FILE
    if not environ.get(CONFIG) and not path.exists():
        return {}
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: is not TOML: {error}") from None
    for name in table:
        _refuse_unknown(name, f"{path}: {name}", str)
    return {name: _read(f"{path}: {name}", name, value) for name, value in table.items()}


def _variable(name: str) -> str:
    return PREFIX + name.upper()


def _refuse_unknown(name: str, where: str, written: Callable[[str], str]) -> None:
    if name in ABOUT:
        return
    close = get_close_matches(name, [*ABOUT, "config"], n=1)
    hint = f"; did you mean {written(close[0])}?" if close else "; `headway settings` lists all"
    raise SettingsError(f"{where} is not a setting{hint}")


def _read(where: str, name: str, value: object) -> object:
    """One value, from text or TOML, as the field's type."""
    try:
        return _convert(_TYPES[name], ABOUT[name], value)
    except ValueError as error:
        shown = "" if ABOUT[name].secret else f", not {as_text(value)!r}"
        raise SettingsError(f"{where}: {error}{shown}") from None


def _convert(kind: object, about: About, value: object) -> object:
    if kind is bool:
        return _switch(value)
    if kind is int:
        return _number(value, about)
    if kind == tuple[str, ...]:
        return _list(value, about)
    if not isinstance(value, str):
        raise ValueError("must be text")
    if get_origin(kind) is Literal:
        if value not in get_args(kind):
            raise ValueError(f"must be one of {', '.join(get_args(kind))}")
        return value
    if about.check is not None:
        about.check(value)
    if kind is Path and not value:
        raise ValueError("must be a path")
    return Path(value) if kind is Path else value


def _switch(value: object) -> bool:
    words = {"on": True, "true": True, "1": True, "yes": True, "off": False, "false": False, "0": False, "no": False}
    if isinstance(value, bool):
        return value
    if not isinstance(value, str) or value.lower() not in words:
        raise ValueError("must be on or off")
    return words[value.lower()]


def _number(value: object, about: About) -> int:
    sentence = f"must be a whole number from {about.minimum} to {about.maximum}"
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise ValueError(sentence)
    try:
        number = int(value)
    except ValueError:
        raise ValueError(sentence) from None
    if about.minimum is not None and about.maximum is not None and about.minimum <= number <= about.maximum:
        return number
    raise ValueError(sentence)


def _list(value: object, about: About) -> tuple[str, ...]:
    parts = value.split(",") if isinstance(value, str) else value
    if not isinstance(parts, list) or not all(isinstance(part, str) for part in parts):
        raise ValueError("must be a list")
    cleaned = tuple(part.strip() for part in parts if part.strip())
    for part in cleaned:
        if about.check is not None:
            about.check(part)
    return cleaned
