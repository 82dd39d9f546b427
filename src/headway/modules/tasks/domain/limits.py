"""Every limit of every field, in one place. Lengths are in code points, sizes in bytes."""

from typing import Final

TITLE_LENGTH: Final = 500
DESCRIPTION_LENGTH: Final = 100_000
COMMENT_LENGTH: Final = 50_000
CHECKLIST_ITEM_LENGTH: Final = 500
NAME_LENGTH: Final = 100
"""Workspaces, projects, statuses and views."""
LABEL_LENGTH: Final = 60
FILE_NAME_LENGTH: Final = 255
RULE_LENGTH: Final = 500
ZONE_LENGTH: Final = 64
POSITION_LENGTH: Final = 200

ASSIGNEES_PER_TASK: Final = 50
LABELS_PER_TASK: Final = 100
CHECKLIST_ITEMS_PER_TASK: Final = 200
REMINDERS_PER_TASK: Final = 20
RELATIONS_PER_TASK: Final = 100
ATTACHMENTS_PER_TASK: Final = 100
NAMED_PARTS: Final = 500
"""Subtasks and steps of a copy to which the client gives ids."""
ATTACHMENT_SIZE: Final = 50 * 1024 * 1024

FIRST_YEAR: Final = 1970
LAST_YEAR: Final = 2200
"""Dates outside these years are refused; recurrence ends with the last of them."""

ESTIMATE_MINUTES: Final = 600_000
"""Ten thousand hours."""
