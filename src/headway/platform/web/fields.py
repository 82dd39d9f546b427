"""Kinds of fields that the messages of several modules have."""

from typing import Annotated

import msgspec

from headway.platform.ids import ID_PATTERN
from headway.platform.time_zones import zone_names
from headway.platform.web.decode import line

IdText = Annotated[str, msgspec.Meta(pattern=ID_PATTERN, max_length=36, description="UUID in lower case")]
TimeZone = Annotated[str, line(64), msgspec.Meta(extra_json_schema={"enum": sorted(zone_names())})]
