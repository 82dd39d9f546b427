"""What is around: settings, backups, mail."""

import asyncio
from datetime import timedelta
from typing import Final
from urllib.parse import urlsplit

from headway.entrypoints.operation.backups import held_backups
from headway.entrypoints.operation.doctor.findings import Finding, failure, warning, well
from headway.platform.backup.restore import last_proof
from headway.platform.clock import Clock
from headway.platform.mail import MailFailed, SmtpServer
from headway.settings import Settings

OLD: Final = timedelta(hours=26)


def check_settings(settings: Settings, _clock: Clock) -> list[Finding]:
    """Settings that are allowed but rarely meant."""
    found = []
    https = urlsplit(settings.public_url).scheme == "https"
    if not https and not settings.public_is_loopback:
        advice = "Put a proxy with a certificate in front, and set HEADWAY_PUBLIC_URL to https://..."
        found.append(warning("settings", "people come by http: passwords can be read on the way", advice))
    if https and not settings.trusted_proxies:
        advice = "Set HEADWAY_TRUSTED_PROXIES to the proxy's address, or all people count as one for the limits."
        found.append(warning("settings", "no proxy is trusted, though people come by https", advice))
    if not settings.is_private and settings.first_admin == "anyone":
        advice = "Set HEADWAY_FIRST_ADMIN=link: whoever registers first is the administrator."
        found.append(failure("settings", "others can reach this installation and take it over", advice))
    if settings.public_is_loopback and not settings.is_private:
        advice = "Set HEADWAY_PUBLIC_URL to where people reach it, or HEADWAY_HOST=127.0.0.1."
        found.append(warning("settings", f"listens on {settings.host}, yet the public URL is this machine", advice))
    if settings.public_is_loopback and settings.trusted_proxies:
        advice = "Set HEADWAY_PUBLIC_URL to where people reach it; until then strangers may become the administrator."
        found.append(warning("settings", "a proxy is trusted, yet the public URL is this machine", advice))
    if not settings.rate_limit:
        found.append(warning("settings", "HEADWAY_RATE_LIMIT is off: passwords may be guessed", "Unset it."))
    if settings.crash_at:
        found.append(failure("settings", "HEADWAY_CRASH_AT is set: the server will kill itself", "Unset it."))
    return found or [well("settings", f"people come to {settings.public_url}")]


def check_backups(settings: Settings, clock: Clock) -> list[Finding]:
    """Is there a recent one, is it proven, and is it on another disk?"""
    held = held_backups(settings)
    if not held:
        return [warning("backups", f"there is none in {settings.backup_dir}", "Run `headway backup`.")]
    found = []
    age = clock.now() - held[0].created_at
    said = f"the last one is {held[0].name}"
    if age > OLD:
        advice = "Let the server run, or call `headway backup` daily; its log says why the last ones failed."
        found.append(warning("backups", f"{said}, {age.days} days old", advice))
    proof = last_proof(settings.backup_dir)
    if proof is None or proof.proven_at < held[0].created_at:
        advice = f"Run `headway restore --check {held[0].name}`."
        found.append(warning("backups", f"{said}, which has not been proven", advice))
    if settings.data_dir.is_dir() and settings.data_dir.stat().st_dev == settings.backup_dir.stat().st_dev:
        advice = "Set HEADWAY_BACKUP_DIR to another disk or machine, or copy the backups elsewhere each day."
        found.append(warning("backups", f"{said}, on the same disk as the data: both are lost together", advice))
    return found or [well("backups", said)]


def check_mail(settings: Settings, clock: Clock) -> list[Finding]:
    """Does the mail server answer and take the password?"""
    if not settings.smtp_url:
        waiting = len(list(settings.mail_outbox.glob("*.eml"))) if settings.mail_outbox.is_dir() else 0
        said = f"no mail server is set; {waiting} mails lie in {settings.mail_outbox}"
        return [well("mail", said) if settings.public_is_loopback else warning("mail", said, "Set HEADWAY_SMTP_URL.")]
    try:
        asyncio.run(SmtpServer(settings.smtp_url, settings.mail_from, clock).check())
    except MailFailed as error:
        return [failure("mail", f"the mail server does not take mail: {error}", "Look at HEADWAY_SMTP_URL.")]
    return [well("mail", "the mail server answers")]
