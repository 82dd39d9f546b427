"""The letters that Headway writes: one for each kind that the mailer is asked for, and the bundle of news."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from headway.modules.notifications.domain.kinds import NewsKind
from headway.modules.notifications.domain.letter import Letter, Line
from headway.modules.notifications.domain.words import Words

TOGETHER: Final = 20
"""News that one mail tells in full; of the others it tells how many there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailedNews:
    """One line of a bundle. `actor` is a name, None when nobody is known by it; `task_id` as in a notification."""

    kind: NewsKind
    actor: str | None
    task_id: str | None
    title: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Where a bundle of news leads. `unsubscribe` is the receiver's own."""

    public_url: str
    unsubscribe: str

    @property
    def inbox(self) -> str:
        """All notifications."""
        return f"{self.public_url.rstrip('/')}/notifications"

    def task(self, task_id: str) -> str:
        """The notifications with one task open beside them."""
        return f"{self.inbox}?task={task_id}"


def letter_of(kind: str, words: Words, values: Mapping[str, str], public_url: str) -> Letter:
    """The letter of a kind. KeyError when there is none of that kind, or a value is missing."""
    greeting = (words("greeting", name=values["name"]),) if values.get("name") else ()
    known = {**values, "from_name": values.get("from_name") or words("somebody")}
    subject = words(f"{kind}.subject", **known)
    action = Line(words(f"{kind}.action"), known["link"]) if f"{kind}.action" in words else None
    return Letter(
        subject=subject,
        heading=subject,
        paragraphs=(*greeting, words(f"{kind}.text", **known)),
        action=action,
        small=(Line(words(f"{kind}.small", **known)), _sent_by(words, public_url)),
    )


def bundle_of(news: Sequence[MailedNews], words: Words, links: Links) -> Letter:
    """One mail of all that somebody has not read; at least one piece of news."""
    lines = [Line(sentence(each, words), _link(each, links)) for each in news[:TOGETHER]]
    left = len(news) - len(lines)
    alone = len(news) == 1
    return Letter(
        subject=lines[0].text if alone else words("digest.subject", count=len(news)),
        heading=words.number("digest.heading", len(news)),
        items=(*lines, *((Line(words.number("digest.left", left)),) if left else ())),
        action=Line(words("digest.action"), links.inbox),
        small=(
            Line(words("digest.why")),
            Line(words("digest.unsubscribe"), links.unsubscribe),
            _sent_by(words, links.public_url),
        ),
    )


def sentence(news: MailedNews, words: Words) -> str:
    """News in words."""
    values = {"actor": news.actor or words("somebody"), "title": words("title", title=news.title)}
    if news.task_id is None and news.count > 1:
        return words(f"news.several.{news.kind}", **values, count=news.count)
    told = words(f"news.{news.kind}", **values)
    more = news.count - 1
    return f"{told}, {words.number('news.more', more)}" if more else told


def _link(news: MailedNews, links: Links) -> str:
    return links.inbox if news.task_id is None else links.task(news.task_id)


def _sent_by(words: Words, public_url: str) -> Line:
    return Line(words("sent_by", place=urlsplit(public_url).netloc))
