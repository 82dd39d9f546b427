"""Markdown as people write it in descriptions and comments, to HTML that cannot run.

CommonMark with tables, strikethrough, task lists and bare web addresses. HTML in the text is shown, not used; links go
to http, https and mailto only, and a picture becomes a link to it, so that opening a task tells no stranger. Two
walls: the parser never lets markup through, and nh3 keeps of its output only what is named here.

Things of Headway are linked by id: a person as `[@Ann](headway:user/<uuid>)`, a task as
`[OPS-142](headway:task/<uuid>)`, a picture as `![plan](headway:attachment/<uuid>)`. In HTML the first two have a class
and the id, for a reader that links them itself, and of the last its name remains. A hundred kilobytes of hostile text
can take a second: render long text away from the event loop.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from html import escape
from typing import Final
from uuid import UUID

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

LINES_TAKEN_APART: Final = 2_000
"""At some 30 microseconds each, in the worst case, while others wait to write."""
_UUID: Final = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_REFERENCE: Final = re.compile(rf"headway:(user|task|attachment)/({_UUID})")
_MENTION: Final = "headway:user/"
_TICKS: Final = re.compile("`+")
_INLINE: Final = re.compile(
    rf"\\.|!\[|(?P<ticks>`+)|\[(?:[^\[\]\\]|\\.){{0,500}}\]\({_MENTION}(?P<person>{_UUID})\)", re.DOTALL
)
"""What is escaped, the beginning of a picture, a fence of code, or a mention."""
_WEB: Final = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_ALLOWED: Final = re.compile(r"(https?://|mailto:)\S", re.IGNORECASE)
_TASK_ITEM: Final = re.compile(r"\[([ xX])\][ \t]+")
_ALIGNMENT: Final = re.compile(r"text-align:(left|center|right)")

_TAGS: Final = frozenset(
    {
        *("p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "em", "strong", "s", "code", "pre", "blockquote"),
        *("ul", "ol", "li", "a", "input", "table", "thead", "tbody", "tr", "th", "td"),
    }
)
_ATTRIBUTES: Final = {
    "a": {"href", "title", "class", "data-user", "data-task"},
    "input": {"checked", "disabled"},
    "li": {"class"},
    "ol": {"start"},
    "code": {"class"},
    "th": {"align"},
    "td": {"align"},
}


def to_html(text: str) -> str:
    """HTML of `text` that is safe to put into a page."""
    parser = _parser()
    tokens = _parsed(text)
    for token in tokens:
        _align_by_attribute(token)
        for child in token.children or []:
            _resolve(child)
    html: str = parser.renderer.render(tokens, parser.options, {})
    return nh3.clean(
        html,
        tags=set(_TAGS),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        tag_attribute_values={"input": {"type": {"checkbox"}}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
    )


def mentions(text: str) -> list[UUID]:
    """The people that `text` mentions, each once, in order. Their names in the text are not checked."""
    if _MENTION not in text:
        return []
    return list(dict.fromkeys(person for block in _blocks(text) for person in _mentioned(block)))


def _blocks(text: str) -> list[str]:
    """Paragraphs and the like in which somebody may be mentioned; a very long text as one, for the time it takes."""
    if text.count("\n") > LINES_TAKEN_APART:
        return [text]
    blocks = _block_parser().parse(text)
    return [block.content for block in blocks if block.type == "inline" and _MENTION in block.content]


def _mentioned(content: str) -> Iterator[UUID]:
    """The mentions of a paragraph, in a time that grows with its length: this runs while others wait to write."""
    ticks: defaultdict[int, list[int]] = defaultdict(list)
    for run in _TICKS.finditer(content):
        ticks[len(run[0])].append(run.start())
    at = 0
    while match := _INLINE.search(content, at):
        at = match.end()
        if match["ticks"]:
            same = ticks[len(match["ticks"])]
            closing = bisect_left(same, at)
            at = same[closing] + len(match["ticks"]) if closing < len(same) else at
        elif match["person"]:
            yield UUID(match["person"])


class _Parser(MarkdownIt):
    """CommonMark and what tasks need of GitHub's dialect, with links to few places."""

    def validateLink(self, url: str) -> bool:  # noqa: N802 - the library's name
        return bool(_ALLOWED.match(url) or _REFERENCE.fullmatch(url))


@cache
def _parser() -> _Parser:
    parser = _Parser("commonmark", {"html": False})
    parser.enable(["table", "strikethrough"])
    return parser


@cache
def _block_parser() -> _Parser:
    """Paragraphs and the like, with what stands in them as it was written. A table is read as a paragraph."""
    parser = _Parser("commonmark", {"html": False})
    parser.disable("inline")
    return parser


def _parsed(text: str) -> list[Token]:
    """The tokens of `text`, with task lists and bare web addresses."""
    tokens = _parser().parse(text)
    for index, token in enumerate(tokens):
        if token.type == "inline" and token.children is not None:
            if index >= 2 and tokens[index - 2].type == "list_item_open":
                _mark_task_item(tokens[index - 2], token.children)
            token.children = list(_with_web_links(token.children))
    return tokens


def _mark_task_item(item: Token, children: list[Token]) -> None:
    match = _TASK_ITEM.match(children[0].content) if children and children[0].type == "text" else None
    if match:
        children[0].content = children[0].content[match.end() :]
        checked = " checked" if match[1] != " " else ""
        children.insert(0, Token("html_inline", "", 0, content=f'<input type="checkbox" disabled{checked}> '))
        item.attrSet("class", "task")


def _with_web_links(children: Sequence[Token]) -> Iterator[Token]:
    inside = 0
    for child in children:
        inside += child.nesting if child.type in {"link_open", "link_close"} else 0
        if child.type == "text" and not inside and "://" in child.content:
            yield from _linked(child.content)
        else:
            yield child


def _linked(text: str) -> Iterator[Token]:
    done = 0
    for match in _WEB.finditer(text):
        address = _without_end_of_sentence(match[0])
        href = _parser().normalizeLink(address)
        if _parser().validateLink(href):
            yield Token("text", "", 0, content=text[done : match.start()])
            yield Token("link_open", "a", 1, attrs={"href": href})
            yield Token("text", "", 0, content=address)
            yield Token("link_close", "a", -1)
            done = match.start() + len(address)
    yield Token("text", "", 0, content=text[done:])


def _without_end_of_sentence(address: str) -> str:
    """Without the punctuation, and the bracket that was opened before the address."""
    shorter = address.rstrip(".,:;!?'*_~")
    while shorter.endswith(")") and shorter.count(")") > shorter.count("("):
        shorter = shorter[:-1].rstrip(".,:;!?'*_~")
    return shorter


def _resolve(token: Token) -> None:
    """Marks a reference with what it points to; a picture becomes a link to it."""
    if token.type == "link_open":
        match = _REFERENCE.fullmatch(str(token.attrGet("href") or ""))
        if match:
            token.attrs = {"class": f"headway-{match[1]}", f"data-{match[1]}": str(UUID(match[2]))}
    elif token.type == "image":
        source = str(token.attrGet("src") or "")
        _show_as_link(token, None if _REFERENCE.fullmatch(source) else source)


def _show_as_link(image: Token, source: str | None) -> None:
    label = escape(" ".join(_plain(image.children or [])) or source or "")
    image.type, image.tag = "html_inline", ""
    image.content = f'<a href="{escape(source)}">{label}</a>' if source else label


def _align_by_attribute(token: Token) -> None:
    """Tables are aligned without inline style, which a strict content security policy forbids."""
    match = _ALIGNMENT.fullmatch(str(token.attrGet("style") or ""))
    if match:
        token.attrs = {"align": match[1]}


def _plain(tokens: Sequence[Token]) -> Iterator[str]:
    """What can be read, piece by piece; pieces of one line belong together without a space."""
    line = ""
    for token in tokens:
        if token.type in {"inline", "image"} and token.children is not None:
            line += "".join(_plain(token.children))
        elif token.type in {"text", "code_inline", "text_special"}:
            line += token.content
        elif token.type in {"code_block", "fence"}:
            yield token.content
        elif token.type in {"softbreak", "hardbreak"} or token.block:
            yield line + " "
            line = ""
    yield line
