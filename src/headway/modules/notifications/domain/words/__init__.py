"""The words of mail and of the unsubscribe page, by language; both have the same keys."""

from collections.abc import Mapping
from typing import Final

from headway.modules.notifications.domain.words import de, en

_WORDS: Final[Mapping[str, Mapping[str, str]]] = {"en": en.WORDS, "de": de.WORDS}


class Words:
    """The words of one language; English where there is none of that name."""

    def __init__(self, language: str) -> None:
        self.language = language if language in _WORDS else "en"
        self._words = _WORDS[self.language]

    def __contains__(self, key: str) -> bool:
        return key in self._words

    def __call__(self, key: str, /, **values: object) -> str:
        """The words of that key with the values put in. KeyError for one that is unknown or lacks a value."""
        return self._words[key].format_map(values)

    def number(self, key: str, count: int, /, **values: object) -> str:
        """The same, for one thing or for several: the key ends with `.one` or `.many`."""
        return self(f"{key}.{'one' if count == 1 else 'many'}", count=count, **values)
