"""What remains of the text when that is taken out which was understood."""

import re
from collections.abc import Sequence
from typing import Final

from headway.modules.tasks.domain.quickadd.line import Token

_GONE: Final = "\x01"
_BEFORE_PUNCTUATION: Final = re.compile(f"[ {_GONE}]*{_GONE}[ {_GONE}]*(?=[,;:.!?)]+(?: |$))")
_BETWEEN: Final = re.compile(f"[ {_GONE}]*{_GONE}[ {_GONE}]*")
_DOUBLE: Final = re.compile("([,;:]) *(?=[,;:.])")
_LOOSE_START: Final = re.compile("^[ ,;:.!?\u2013-]+(?= |$)|^[,;:.!?]+")
_LOOSE_END: Final = re.compile("(?:[,;:]| [\u2013-])+$")


def title_of(text: str, tokens: Sequence[Token]) -> str:
    """An unknown name stays, a literal loses its quotation marks."""
    pieces: list[str] = []
    at = 0
    for token in tokens:
        if token.kind != "unknown":
            pieces += [text[at : token.start], str(token.value) if token.kind == "literal" else _GONE]
            at = token.end
    left = ("".join(pieces) + text[at:]).strip(" ")
    title = _BETWEEN.sub(" ", _BEFORE_PUNCTUATION.sub("", left))
    title = _DOUBLE.sub("" if _GONE in left else r"\1", title)
    return _without_loose_ends(re.sub(" +", " ", title).strip(" "), left)


def _without_loose_ends(title: str, left: str) -> str:
    """ "Tomorrow: call mum" and "call mum, tomorrow" leave punctuation behind."""
    if left.startswith(_GONE):
        title = _LOOSE_START.sub("", title)
    return (_LOOSE_END.sub("", title) if left.endswith(_GONE) else title).strip(" ")
