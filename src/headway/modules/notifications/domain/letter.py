"""A mail as paper and ink: plain text, and HTML without pictures or anything from elsewhere."""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Final

from headway.modules.notifications.domain.words import Words

SUBJECT_LENGTH: Final = 150

_INK: Final = "color:#1F1E1B"
_FAINT: Final = "color:#5C5952"
_ACCENT: Final = "color:#0B6663"
_SMALL: Final = f"margin:0 0 8px;font-size:13px;line-height:20px;{_FAINT}"
_BUTTON: Final = (
    "display:inline-block;padding:10px 16px;border-radius:6px;background:#0B6663;color:#FFFFFF;"
    "font-weight:600;text-decoration:none"
)
_FONT: Final = "font-family:Inter,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text that may lead somewhere."""

    text: str
    link: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What a mail says. `action` is its one button; `small` is the small print below."""

    subject: str
    heading: str
    paragraphs: tuple[str, ...] = ()
    items: tuple[Line, ...] = ()
    action: Line | None = None
    small: tuple[Line, ...] = ()


def subject_of(letter: Letter) -> str:
    """The subject: one line, cut where it would be too long to read."""
    line = " ".join(letter.subject.split())
    return line if len(line) <= SUBJECT_LENGTH else line[: SUBJECT_LENGTH - 1].rstrip() + "…"


def as_text(letter: Letter) -> str:
    """The mail for readers of plain text."""
    parts = [letter.heading, *letter.paragraphs]
    parts += [f"- {item.text}" + (f"\n  {item.link}" if item.link else "") for item in letter.items]
    if letter.action is not None:
        parts.append(f"{letter.action.text}:\n{letter.action.link}")
    small = [line.text + (f": {line.link}" if line.link else "") for line in letter.small]
    return "\n\n".join(parts) + "\n\n-- \n" + "\n".join(small) + "\n"


def as_html(letter: Letter, words: Words) -> str:
    """The mail for everybody else. All that is put in is escaped."""
    return (
        f'<!doctype html><html lang="{words.language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light">'
        f"<title>{escape(subject_of(letter))}</title></head>"
        f'<body style="margin:0;padding:24px 12px;background:#FBFAF7;{_FONT};{_INK}">'
        '<div style="max-width:560px;margin:0 auto;padding:24px;background:#FFFFFF;'
        'border:1px solid #E4E1D8;border-radius:10px">'
        f"{''.join(_body(letter, words))}</div>"
        f'<div style="max-width:560px;margin:16px auto 0;padding:0 24px">{"".join(_small(letter))}</div>'
        "</body></html>"
    )


def _body(letter: Letter, words: Words) -> Iterator[str]:
    yield f'<h1 style="margin:0 0 16px;font-size:20px;line-height:28px;font-weight:600">{escape(letter.heading)}</h1>'
    for paragraph in letter.paragraphs:
        yield f'<p style="margin:0 0 16px;font-size:16px;line-height:24px">{escape(paragraph)}</p>'
    for item in letter.items:
        text = escape(item.text)
        inner = f'<a href="{escape(item.link)}" style="{_INK};text-decoration:none">{text}</a>' if item.link else text
        yield (
            '<p style="margin:0;padding:10px 0;border-top:1px solid #E4E1D8;font-size:16px;line-height:24px">'
            f"{inner}</p>"
        )
    if letter.action is not None and letter.action.link is not None:
        link = escape(letter.action.link)
        yield f'<p style="margin:16px 0"><a href="{link}" style="{_BUTTON}">{escape(letter.action.text)}</a></p>'
        yield (
            f'<p style="{_SMALL}">{escape(words("link_hint"))}<br>'
            f'<a href="{link}" style="{_ACCENT};word-break:break-all">{link}</a></p>'
        )


def _small(letter: Letter) -> Iterator[str]:
    for line in letter.small:
        text = escape(line.text)
        inner = f'<a href="{escape(line.link)}" style="{_ACCENT}">{text}</a>' if line.link else text
        yield f'<p style="{_SMALL}">{inner}</p>'
