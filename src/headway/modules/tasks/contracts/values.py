"""Words and texts that many shapes are made of."""

from typing import Annotated, Literal

import msgspec

from headway.modules.tasks.domain import limits
from headway.platform.web.decode import line, text
from headway.platform.web.fields import IdText

Priority = Literal["none", "low", "medium", "high", "urgent"]
Color = Literal["gray", "red", "orange", "yellow", "green", "teal", "blue", "pink"]

Name = Annotated[str, line(limits.NAME_LENGTH)]
Title = Annotated[str, line(limits.TITLE_LENGTH)]
Minutes = Annotated[int, msgspec.Meta(ge=0, le=limits.ESTIMATE_MINUTES)]
IdList = Annotated[tuple[IdText, ...], msgspec.Meta(max_length=limits.LABELS_PER_TASK)]
PeopleList = Annotated[tuple[IdText, ...], msgspec.Meta(max_length=limits.ASSIGNEES_PER_TASK)]
TimeText = Annotated[str, msgspec.Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d$(?!\n)", description="Wall time, HH:MM")]
ZoneText = Annotated[str, msgspec.Meta(max_length=limits.ZONE_LENGTH, description="IANA time zone")]
Icon = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9-]{0,32}$(?!\n)")]
ProjectKey = Annotated[str, msgspec.Meta(pattern=r"^[A-Z][A-Z0-9]{0,9}$(?!\n)")]
StatusKey = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9_]{1,32}$(?!\n)")]
PositionText = Annotated[str, msgspec.Meta(pattern=r"^[0-9A-Za-z]{1,200}$(?!\n)", description="Fractional index")]
Description = Annotated[str, text(limits.DESCRIPTION_LENGTH)]
