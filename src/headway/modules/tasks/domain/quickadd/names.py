"""Names as they may be typed: whole, by key, or by first words that no other name has; without blanks or with `-`."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from headway.modules.tasks.domain.quickadd.line import Named

_JOINTS: Final = re.compile("[ _-]+")


class Book:
    """The names of one kind; of several with the same name, the first counts."""

    def __init__(self, named: Sequence[Named]) -> None:
        self._ids: dict[str, str | None] = {}
        for one in named:
            self._add_first_words(one)
        for one in reversed(named):
            if one.key:
                self._ids[_squash(one.key)] = one.id
            self._ids[_squash(one.name)] = one.id

    def find(self, text: str) -> str | None:
        """The id of the one that is called so; None when there is none or one cannot know which."""
        name = _squash(text)
        return self._ids.get(name) if name else None

    def _add_first_words(self, one: Named) -> None:
        words = [word for word in one.name.split(" ") if word]
        for count in range(1, len(words)):
            start = _squash("".join(words[:count]))
            self._ids[start] = one.id if self._ids.get(start, one.id) == one.id else None


def _squash(name: str) -> str:
    return _JOINTS.sub("", unicodedata.normalize("NFC", name).lower())
