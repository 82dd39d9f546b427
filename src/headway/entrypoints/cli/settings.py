"""`headway settings`, and the page of the documentation that lists them."""

import os
import sys

import msgspec

from headway.entrypoints.cli.running import Json, answer
from headway.settings import ABOUT, DEFAULTS, PREFIX, allowed, as_text, load_settings, masked


class Setting(msgspec.Struct, frozen=True):
    """One setting; `value` is what it is here, stars for a secret."""

    name: str
    value: str
    default: str
    allowed: str
    meaning: str


def settings(*, json: Json = False) -> None:
    """List every setting: its variable, its value here, its default and its meaning."""
    loaded = load_settings(os.environ)
    found = [
        Setting(PREFIX + name.upper(), masked(loaded, name), default_of(name), allowed(name), about.meaning)
        for name, about in ABOUT.items()
    ]

    def show() -> None:
        for each in found:
            default = "" if each.value == each.default else f"  (default {each.default or 'empty'})"
            sys.stdout.write(f"{each.name}={each.value}{default}\n    {each.meaning} [{each.allowed}]\n")

    answer(found, json=json, show=show)


def default_of(name: str) -> str:
    """The default in words."""
    derived = ABOUT[name].derived
    return as_text(DEFAULTS[name]) if derived is None else derived


def page() -> str:
    """docs/settings.md."""
    rows = [
        f"| `{PREFIX}{name.upper()}` | {_cell(default_of(name))} | {allowed(name)} | {about.meaning} |"
        for name, about in ABOUT.items()
    ]
    return "\n".join(
        [
            "# Settings",
            "",
            "A setting is a `HEADWAY_*` variable, or the same name in lower case without the prefix in a TOML file:",
            "the one that `HEADWAY_CONFIG` names, else `headway.toml` in the current folder. Variables win. An unknown",
            "name or a wrong value stops the start with one line and exit code 2. `headway settings` shows what is in",
            "force.",
            "",
            "| variable | default | values | meaning |",
            "|---|---|---|---|",
            *rows,
            "",
            "This page is written by `python -m tools.settings_page`; a test fails when it is out of date.",
            "",
        ]
    )


def _cell(text: str) -> str:
    return f"`{text}`" if text else "(empty)"
