"""Mail goes to the server that is set, or into a folder; nothing in it can become a header of its own."""

import asyncio
from collections.abc import AsyncIterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from headway.platform.mail import BadMail, Mail, MailFailed, MailRefused, Outbox, SmtpServer, compose, mail_transport
from tests.support.clock import StillClock

SENDER = "Headway <headway@example.org>"
MAIL = Mail(
    key="invitation-1",
    to="grace@example.net",
    to_name="Grace Höpper",
    subject="Ada lädt dich ein",
    text="Willkommen!\n",
    html="<p>Willkommen!</p>",
    headers={"List-Unsubscribe": "<https://example.org/u/1>"},
)


class Mailbox:
    """What a real SMTP server on loopback has received; it refuses some."""

    def __init__(self) -> None:
        self.received: list[Envelope] = []

    async def handle_RCPT(  # noqa: N802 - the name that aiosmtpd calls
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address.startswith("busy"):
            return "451 later"
        if address.startswith("unknown"):
            return "550 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.received.append(envelope)
        return "250 OK"


def check_password(
    server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: LoginPassword
) -> AuthResult:
    return AuthResult(success=given.password == b"p@ss", handled=False)


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
async def server(mailbox: Mailbox) -> AsyncIterator[str]:
    def connected() -> SMTP:
        return SMTP(mailbox, authenticator=check_password, auth_require_tls=False, hostname="mail.example.org")

    listening = await asyncio.get_running_loop().create_server(connected, "127.0.0.1", 0)
    yield f"127.0.0.1:{listening.sockets[0].getsockname()[1]}"
    listening.close()


def read(raw: bytes) -> EmailMessage:
    message = message_from_bytes(raw, policy=default)
    assert isinstance(message, EmailMessage)
    return message


async def test_a_mail_reaches_the_server(server: str, mailbox: Mailbox, clock: StillClock) -> None:
    await SmtpServer(f"smtp://ada:p%40ss@{server}", SENDER, clock).send(MAIL)
    [envelope] = mailbox.received
    assert envelope.mail_from == "headway@example.org"
    assert envelope.rcpt_tos == ["grace@example.net"]
    assert isinstance(envelope.content, bytes)
    message = read(envelope.content)
    assert message["Subject"] == "Ada lädt dich ein"
    assert message["To"] == "Grace Höpper <grace@example.net>"
    assert message["Message-ID"] == "<invitation-1@example.org>"
    assert message["List-Unsubscribe"] == "<https://example.org/u/1>"
    body, html = message.get_body(("plain",)), message.get_body(("html",))
    assert body is not None
    assert html is not None
    assert body.get_content().strip() == "Willkommen!"
    assert html.get_content().strip() == "<p>Willkommen!</p>"


@pytest.mark.parametrize(
    ("url", "to", "error"),
    [
        ("smtp://{}", "unknown@example.net", MailRefused),
        ("smtp://{}", "busy@example.net", MailFailed),
        ("smtp://ada:wrong@{}", "grace@example.net", MailFailed),
        ("smtp://127.0.0.1:1", "grace@example.net", MailFailed),
        ("smtps://{}", "grace@example.net", MailFailed),
    ],
)
async def test_a_failure_says_whether_another_try_could_help(
    server: str, clock: StillClock, url: str, to: str, error: type[Exception]
) -> None:
    mail = Mail(key="k", to=to, subject="s", text="t")
    with pytest.raises(error):
        await SmtpServer(url.format(server), SENDER, clock).send(mail)


async def test_a_server_can_be_checked_without_sending(server: str, mailbox: Mailbox, clock: StillClock) -> None:
    await SmtpServer(f"smtp://ada:p%40ss@{server}", SENDER, clock).check()
    with pytest.raises(MailFailed):
        await SmtpServer(f"smtp://ada:wrong@{server}", SENDER, clock).check()
    assert mailbox.received == []


async def test_without_a_server_mail_lies_in_the_outbox_and_a_repeat_is_one_file(
    tmp_path: Path, clock: StillClock
) -> None:
    transport = mail_transport("", SENDER, tmp_path / "outbox", clock)
    assert isinstance(transport, Outbox)
    await transport.send(MAIL)
    await transport.send(MAIL)
    [file] = (tmp_path / "outbox").iterdir()
    assert file.name == "invitation-1.eml"
    assert read(file.read_bytes())["Date"] == "Mon, 23 Nov 2026 12:00:00 +0000"


@pytest.mark.parametrize(
    "mail",
    [
        Mail(key="k", to="a@example.org\nBcc: b@example.org", subject="s", text="t"),
        Mail(key="k", to="a@example.org", to_name="Ada\r\nBcc: b@example.org", subject="s", text="t"),
        Mail(key="k", to="a@example.org", subject="s\nBcc: b@example.org", text="t"),
        Mail(key="k", to="a@example.org", subject="s", text="t", headers={"X-Test": "a\r\nBcc: b@example.org"}),
        Mail(key="k", to="no address", subject="s", text="t"),
        Mail(key="k@evil>\nBcc: b@example.org", to="a@example.org", subject="s", text="t"),
        Mail(key="../../etc/cron.d/x", to="a@example.org", subject="s", text="t"),
    ],
)
def test_nothing_can_add_a_header_or_leave_the_folder(mail: Mail, clock: StillClock) -> None:
    with pytest.raises(BadMail):
        compose(mail, SENDER, "example.org", clock)


def test_a_body_that_looks_like_headers_stays_a_body(clock: StillClock) -> None:
    mail = Mail(key="k", to="a@example.org", subject="s", text="Bcc: b@example.org\n\n.\nfrom me")
    message = read(compose(mail, SENDER, "example.org", clock).as_bytes())
    assert message["Bcc"] is None
    assert "Bcc: b@example.org" in message.get_content()
