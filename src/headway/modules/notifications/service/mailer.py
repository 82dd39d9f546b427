"""Writes the mail that other modules ask for. It runs in their jobs, which try again until the mail server takes it."""

from collections.abc import Mapping

from headway.modules.notifications.domain.letter import Letter, as_html, as_text, subject_of
from headway.modules.notifications.domain.letters import letter_of
from headway.modules.notifications.domain.words import Words
from headway.platform.ids import derived_id
from headway.platform.jobs import GiveUp
from headway.platform.mail import BadMail, Mail, MailRefused, MailTransport


class LetterMailer:
    """`Mailer` of auth's contracts."""

    def __init__(self, transport: MailTransport, public_url: str) -> None:
        self._transport = transport
        self._public_url = public_url

    async def send(self, to: str, kind: str, language: str, values: Mapping[str, str]) -> None:
        """Send the mail of that kind. The same values, or `key` where there is one, give the same Message-ID.

        GiveUp when the mail can never be delivered; MailFailed when another try may help.
        """
        words = Words(language)
        letter = letter_of(kind, words, values, self._public_url)
        told = [f"{name}={value}" for name, value in sorted(values.items())]
        key = values.get("key") or f"{kind}-{derived_id(kind, to, *told)}"
        try:
            await self._transport.send(mail_of(letter, words, key=key, to=to, to_name=values.get("name", "")))
        except (BadMail, MailRefused) as error:
            raise GiveUp(f"{to}: {error}") from error


def mail_of(
    letter: Letter,
    words: Words,
    *,
    key: str,
    to: str,
    to_name: str,
    headers: Mapping[str, str] | None = None,
) -> Mail:
    """A letter, ready for the post."""
    return Mail(
        key=key,
        to=to,
        to_name=to_name,
        subject=subject_of(letter),
        text=as_text(letter),
        html=as_html(letter, words),
        headers=headers or {},
    )
