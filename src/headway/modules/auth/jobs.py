"""The jobs of auth."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Final

from headway.modules.auth.actions.outgoing import ConfirmAddress, Invite, Notice, ResetPassword
from headway.modules.auth.service.mail import AuthMail
from headway.platform.jobs import JobType, Nothing, Schedule, every
from headway.platform.jobs.handlers import AnyJobType, Running

_SWEEP: Final = "auth.sweep"


def job_types(sweep: Callable[[Nothing, Running], Awaitable[None]], mail: AuthMail | None) -> tuple[AnyJobType, ...]:
    """All of them; those of mail only where there is a mailer."""
    sweeping = JobType(name=_SWEEP, payload=Nothing, run=sweep)
    if mail is None:
        return (sweeping,)
    return (
        sweeping,
        JobType(name=ResetPassword.JOB, payload=ResetPassword, run=mail.reset_password),
        JobType(name=ConfirmAddress.JOB, payload=ConfirmAddress, run=mail.confirm_address),
        JobType(name=Notice.JOB, payload=Notice, run=mail.notice),
        JobType(name=Invite.JOB, payload=Invite, run=mail.invite),
    )


def schedules() -> tuple[Schedule, ...]:
    """What runs by the clock."""
    return (every(_SWEEP, timedelta(hours=1)),)
