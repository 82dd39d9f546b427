"""The letters that other modules send, in both languages; and a real mail server that takes, refuses or is busy."""

import asyncio
import string
from collections.abc import AsyncIterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from headway.modules.notifications.domain.words import Words, de, en
from headway.modules.notifications.service.mailer import LetterMailer
from headway.platform.jobs import GiveUp
from headway.platform.jobs.admin import count_jobs
from headway.platform.mail import Mail, Outbox
from tests.notifications.office import Office, open_office, text_of
from tests.support.clock import StillClock

pytestmark = pytest.mark.anyio

LINK = "https://headway.example.org/x/secret"
KINDS = {
    "password_reset": {"link": LINK, "name": "Ben", "hours": "2"},
    "confirm_address": {"link": LINK, "name": "Ben", "hours": "2"},
    "address_changed": {"name": "Ben", "email": "ben@example.net"},
    "password_changed": {"name": "Ben", "email": "ben@example.com"},
    "password_reset_done": {"name": "Ben", "email": "ben@example.com"},
    "invitation": {"link": LINK, "from_name": "Ada", "days": "7"},
    "workspace_invitation": {"key": "i-1", "link": LINK, "from_name": "Ada", "workspace_name": "Roofers", "days": "7"},
}


class Kept:
    """A transport that keeps what it is given."""

    def __init__(self) -> None:
        self.mails: list[Mail] = []

    async def send(self, mail: Mail) -> None:
        self.mails.append(mail)


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("kind", KINDS)
async def test_every_letter_says_all_that_it_is_about(kind: str, language: str) -> None:
    kept = Kept()
    await LetterMailer(kept, "https://headway.example.org").send("ben@example.com", kind, language, KINDS[kind])
    [mail] = kept.mails
    assert mail.html is not None
    for name, value in KINDS[kind].items():
        shown = name != "key" and (kind.startswith("password"), name) != (True, "email")
        assert (value in mail.text and value in mail.html) or not shown, name
    assert f'<html lang="{language}">' in mail.html
    assert "{" not in mail.text + mail.subject


def test_both_languages_say_the_same_things_with_the_same_values() -> None:
    def places(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    assert en.WORDS.keys() == de.WORDS.keys()
    for key, words in en.WORDS.items():
        assert places(words) == places(de.WORDS[key]), key


def test_an_unknown_language_is_english() -> None:
    assert Words("tlh")("greeting", name="Ben") == "Hello Ben,"


async def test_the_same_letter_has_the_same_message_id_and_another_another() -> None:
    kept = Kept()
    mailer = LetterMailer(kept, "https://headway.example.org")
    for hours in ("2", "2", "3"):
        values = {**KINDS["password_reset"], "hours": hours}
        await mailer.send("ben@example.com", "password_reset", "en", values)
    first, repeat, other = [mail.key for mail in kept.mails]
    assert first == repeat != other
    assert "secret" not in first


async def test_an_address_that_is_none_is_given_up(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path, "Headway <headway@example.org>", StillClock())
    with pytest.raises(GiveUp):
        await LetterMailer(outbox, "https://headway.example.org").send(
            "nobody", "invitation", "en", KINDS["invitation"]
        )


async def test_whoever_forgot_the_password_gets_a_link(office: Office) -> None:
    await office.product.client().post("/auth/password-resets", json={"email": office.ben.email})
    await office.settled()
    [path] = office.product.settings.mail_outbox.glob("password_reset-*.eml")
    mail = message_from_bytes(path.read_bytes(), policy=default)
    assert isinstance(mail, EmailMessage)
    assert mail["Subject"] == "Set a new password for Headway"
    assert f"{office.product.settings.public_url}/reset#" in text_of(mail)


async def test_who_is_invited_gets_a_mail(office: Office) -> None:
    path = f"/workspaces/{office.workspace}/invitations"
    invitation = await office.ada.post(path, email="new@example.com", role="member")
    await office.settled()
    [file] = office.product.settings.mail_outbox.glob(f"invitation-{invitation['id']}-*.eml")
    mail = message_from_bytes(file.read_bytes(), policy=default)
    assert isinstance(mail, EmailMessage)
    assert mail["Subject"] == "Ada invites you to Roofers"
    assert invitation["url"] in text_of(mail)


async def test_who_is_invited_and_known_is_written_to_in_their_own_language(office: Office) -> None:
    eve = await office.product.person("Eve")
    await eve.patch("/users/me", language="de")
    await office.settled()
    path = f"/workspaces/{office.workspace}/invitations"
    invitation = await office.ada.post(path, email=eve.email, role="member")
    await office.settled()
    [file] = office.product.settings.mail_outbox.glob(f"invitation-{invitation['id']}-*.eml")
    assert message_from_bytes(file.read_bytes(), policy=default)["Subject"] == "Ada lädt dich in Roofers ein"


class Mailbox:
    """What a mail server on loopback was given. It answers each mail with the next of `answers`, then with 250."""

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []
        self.answers: list[str] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's
        assert isinstance(envelope.content, bytes)
        message = message_from_bytes(envelope.content, policy=default)
        assert isinstance(message, EmailMessage)
        if message["Message-ID"].startswith("<news-"):
            self.received.append(message)
            if self.answers:
                return self.answers.pop(0)
        return "250 OK"


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
async def posting(tmp_path: Path, mailbox: Mailbox) -> AsyncIterator[Office]:
    """An office whose mail goes to a server."""
    listening = await asyncio.get_running_loop().create_server(
        lambda: SMTP(mailbox, hostname="mail.example.org"), "127.0.0.1", 0
    )
    port = listening.sockets[0].getsockname()[1]
    async with open_office(tmp_path, smtp_url=f"smtp://127.0.0.1:{port}") as office:
        yield office
    listening.close()


async def test_news_goes_by_smtp_where_a_server_is_set(posting: Office, mailbox: Mailbox) -> None:
    await posting.task(assignee_ids=[posting.ben.id])
    await posting.pass_time(minutes=15)
    [mail] = mailbox.received
    assert mail["Subject"] == "Ada assigned you “Fix the roof”"
    assert not posting.product.settings.mail_outbox.exists()


async def test_mail_that_the_server_has_no_time_for_is_sent_again_with_the_same_message_id(
    posting: Office, mailbox: Mailbox
) -> None:
    mailbox.answers = ["451 later", "421 busy"]
    await posting.task(assignee_ids=[posting.ben.id])
    await posting.pass_time(minutes=15)
    for _ in range(3):
        await posting.pass_time(minutes=1)
    assert len(mailbox.received) == 3
    assert len({mail["Message-ID"] for mail in mailbox.received}) == 1


async def test_mail_that_the_server_refuses_is_not_tried_again(posting: Office, mailbox: Mailbox) -> None:
    mailbox.answers = ["550 no such user"]
    await posting.task(assignee_ids=[posting.ben.id])
    await posting.pass_time(minutes=15)
    await posting.pass_time(minutes=60)
    assert len(mailbox.received) == 1
    counts = await count_jobs(posting.product.monolith.database.reader)
    assert (counts.waiting, counts.failed) == (0, 0)
    await posting.task(title="Another", assignee_ids=[posting.ben.id])
    await posting.pass_time(minutes=15)
    assert len(mailbox.received) == 2
