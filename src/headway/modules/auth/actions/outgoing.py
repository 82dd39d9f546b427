"""Mail that is to go out, queued with the change that asks for it. The job makes the link, so that no secret waits."""

from datetime import datetime
from typing import ClassVar, Literal

import msgspec

from headway.changes.work import Work
from headway.modules.auth.contracts import Language
from headway.platform.jobs import enqueue


class ResetPassword(msgspec.Struct, frozen=True):
    """A link to set the password anew, if there is an account with that address."""

    JOB: ClassVar[str] = "auth.password_reset"
    email: str


class ConfirmAddress(msgspec.Struct, frozen=True):
    """A link that proves the address that somebody wants to change to, unless the password was changed after that."""

    JOB: ClassVar[str] = "auth.confirm_address"
    user_id: str
    email: str
    asked_at: datetime


class Notice(msgspec.Struct, frozen=True):
    """Word of a change, to the address that was in use before it."""

    JOB: ClassVar[str] = "auth.notice"
    kind: Literal["address_changed", "password_changed", "password_reset_done"]
    to: str
    language: Language
    name: str
    email: str


class Invite(msgspec.Struct, frozen=True):
    """The link of an invitation, to the address that is invited."""

    JOB: ClassVar[str] = "auth.invitation"
    invitation_id: str
    language: Language
    from_name: str


async def queue(work: Work, mail: ResetPassword | ConfirmAddress | Notice | Invite) -> None:
    """Queue it in the transaction of the change."""
    await enqueue(work.tx, mail.JOB, mail, work.now)
