"""The modules whose tables one database holds, lowest layer first."""

from typing import Final

from headway.platform.db.migrate import Part, part

PARTS: Final[tuple[Part, ...]] = (
    part("changes", "headway.changes"),
    part("jobs", "headway.platform.jobs"),
    part("auth", "headway.modules.auth"),
    part("users", "headway.modules.users"),
    part("tasks", "headway.modules.tasks"),
    part("notifications", "headway.modules.notifications"),
    part("analytics", "headway.modules.analytics"),
)
