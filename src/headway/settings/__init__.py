"""One frozen, typed Settings; read once, passed in, never imported by modules."""

from headway.settings.declared import ABOUT, DEFAULTS, About, LogFormat, LogLevel, MetricsAccess, Registration, Settings
from headway.settings.reading import CONFIG, PREFIX, SettingsError, load_settings
from headway.settings.shown import allowed, as_text, masked

__all__ = [
    "ABOUT",
    "CONFIG",
    "DEFAULTS",
    "PREFIX",
    "About",
    "LogFormat",
    "LogLevel",
    "MetricsAccess",
    "Registration",
    "Settings",
    "SettingsError",
    "allowed",
    "as_text",
    "load_settings",
    "masked",
]
