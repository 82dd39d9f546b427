"""The jobs of users."""

from datetime import timedelta
from typing import Final

from headway.modules.users.actions.avatars import ForgetAvatar, MakeAvatar
from headway.modules.users.actions.exports import ForgetExport, MakeExport
from headway.modules.users.service.avatars import Avatars
from headway.modules.users.service.exports import PersonalExports
from headway.platform.jobs import LOW, JobType, Nothing, Schedule, every
from headway.platform.jobs.handlers import AnyJobType

_SWEEP_EXPORTS: Final = "users.sweep_exports"
_SWEEP_UPLOADS: Final = "users.sweep_uploads"
_DAY: Final = timedelta(days=1)


def job_types(avatars: Avatars, exports: PersonalExports) -> tuple[AnyJobType, ...]:
    """All of them."""
    return (
        JobType(name=MakeAvatar.JOB, payload=MakeAvatar, run=avatars.make),
        JobType(name=ForgetAvatar.JOB, payload=ForgetAvatar, run=avatars.forget),
        JobType(name=MakeExport.JOB, payload=MakeExport, run=exports.make, timeout=3600.0, gave_up=exports.gave_up),
        JobType(name=ForgetExport.JOB, payload=ForgetExport, run=exports.forget),
        JobType(name=_SWEEP_EXPORTS, payload=Nothing, run=exports.sweep),
        JobType(name=_SWEEP_UPLOADS, payload=Nothing, run=avatars.sweep),
    )


def schedules() -> tuple[Schedule, ...]:
    """What runs by the clock."""
    return every(_SWEEP_EXPORTS, _DAY, LOW), every(_SWEEP_UPLOADS, _DAY, LOW)
