"""Mail: by SMTP where a server is set, otherwise as .eml files in a folder that an administrator can look into."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.errors import HeaderParseError
from email.headerregistry import Address, AddressHeader
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from typing import Final, Protocol
from urllib.parse import unquote, urlsplit

import aiosmtplib

from headway.platform.clock import Clock

TIMEOUT_SECONDS: Final = 30.0
_KEY: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})


class BadMail(ValueError):
    """An address or header that no mail may have."""


class MailRefused(Exception):
    """The server will not take this mail; another try would not help."""


class MailFailed(Exception):
    """The server is away or busy; another try may help."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """One mail to one person. The same `key` gives the same Message-ID, so that a repeat can be recognized.

    `headers` are further ones, such as List-Unsubscribe.
    """

    key: str
    to: str
    to_name: str = ""
    subject: str
    text: str
    html: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


class MailTransport(Protocol):
    """Sends mail."""

    async def send(self, mail: Mail) -> None:
        """Hand the mail over. BadMail for what cannot be a mail, MailRefused, MailFailed."""
        ...


def compose(mail: Mail, sender: str, domain: str, clock: Clock) -> EmailMessage:
    """The message (RFC 5322). BadMail when an address or header is none, or holds a line break."""
    if not _KEY.fullmatch(mail.key):
        raise BadMail(f"not the key of a mail: {mail.key!r}")
    message = EmailMessage(policy=SMTP)
    try:
        message["From"] = sender
        message["To"] = Address(mail.to_name, addr_spec=mail.to)
        message["Subject"] = mail.subject
        message["Date"] = format_datetime(clock.now())
        message["Message-ID"] = f"<{mail.key}@{domain}>"
        message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no vacation notices, please
        for name, value in mail.headers.items():
            message[name] = value
    except (ValueError, HeaderParseError, IndexError) as error:
        raise BadMail(str(error)) from error
    message.set_content(mail.text)
    if mail.html is not None:
        message.add_alternative(mail.html, subtype="html")
    return message


class Outbox:
    """Writes mail into a folder, one file each; a repeat replaces its file."""

    def __init__(self, folder: Path, sender: str, clock: Clock) -> None:
        self._folder = folder
        self._sender = sender
        self._clock = clock

    async def send(self, mail: Mail) -> None:
        message = compose(mail, self._sender, domain_of(self._sender), self._clock)
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        staged = self._folder / f".{mail.key}"
        try:
            staged.write_bytes(message.as_bytes())
            staged.replace(self._folder / f"{mail.key}.eml")
        except OSError as error:
            raise MailFailed(f"the outbox cannot be written: {error.strerror}") from error


class SmtpServer:
    """Sends by SMTP (RFC 5321). `smtps://` speaks TLS from the start, `smtp://` upgrades by STARTTLS.

    Without TLS nothing is sent to another machine when a password is set; without a password TLS is used where offered.
    """

    def __init__(self, url: str, sender: str, clock: Clock) -> None:
        parts = urlsplit(url)
        self._host = parts.hostname or "localhost"
        self._tls = parts.scheme == "smtps"
        self._port = parts.port or (465 if self._tls else 587)
        self._user = unquote(parts.username) if parts.username else None
        self._password = unquote(parts.password) if parts.password else None
        self._sender = sender
        self._clock = clock

    async def send(self, mail: Mail) -> None:
        message = compose(mail, self._sender, domain_of(self._sender), self._clock)
        try:
            async with self._client() as client:
                await client.send_message(message)
        except aiosmtplib.SMTPException as error:
            raise _failure(error) from error
        except OSError as error:
            raise MailFailed(f"{type(error).__name__}: {error}") from error

    async def check(self) -> None:
        """Connect and sign in without sending; MailFailed says what does not work."""
        try:
            async with self._client() as client:
                await client.noop()
        except (aiosmtplib.SMTPException, OSError) as error:
            raise MailFailed(f"{type(error).__name__}: {error}") from error

    def _client(self) -> aiosmtplib.SMTP:
        must_encrypt = bool(self._password) and self._host not in _LOOPBACK
        return aiosmtplib.SMTP(
            hostname=self._host,
            port=self._port,
            username=self._user,
            password=self._password,
            use_tls=self._tls,
            start_tls=None if self._tls or not must_encrypt else True,
            timeout=TIMEOUT_SECONDS,
        )


def mail_transport(smtp_url: str, sender: str, outbox: Path, clock: Clock) -> SmtpServer | Outbox:
    """The server when one is set, else the outbox."""
    return SmtpServer(smtp_url, sender, clock) if smtp_url else Outbox(outbox, sender, clock)


def domain_of(sender: str) -> str:
    """The domain of the sender's address, which Message-IDs end with."""
    header = SMTP.header_factory("from", sender)
    if not isinstance(header, AddressHeader) or not header.addresses:
        raise BadMail(f"not a sender: {sender!r}")
    return header.addresses[0].domain


def _failure(error: aiosmtplib.SMTPException) -> MailRefused | MailFailed:
    """5yz replies about this mail are for ever (RFC 5321, section 4.2.1); a wrong password can be set right."""
    if isinstance(error, aiosmtplib.SMTPRecipientsRefused):
        codes = [refused.code for refused in error.recipients]
    elif isinstance(error, aiosmtplib.SMTPDataError):
        codes = [error.code]
    else:
        codes = []
    permanent = bool(codes) and all(500 <= code < 600 for code in codes)
    return MailRefused(str(error)) if permanent else MailFailed(f"{type(error).__name__}: {error}")
