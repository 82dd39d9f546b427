"""What others may know of this module: the shapes of its objects and of what changes them."""

from headway.modules.tasks.contracts.projects import NewProject, Project, ProjectList
from headway.modules.tasks.contracts.tasks import (
    BulkPatch,
    Closing,
    Duplicate,
    EditedTask,
    NewTask,
    Placement,
    RecurrenceInput,
    Removal,
    Task,
    TaskItems,
    TaskPage,
    TaskPatch,
)
from headway.modules.tasks.contracts.values import Priority
from headway.modules.tasks.contracts.workspaces import NewWorkspace, Workspace, WorkspaceList
from headway.modules.tasks.domain.defaults import Category

__all__ = [
    "BulkPatch",
    "Category",
    "Closing",
    "Duplicate",
    "EditedTask",
    "NewProject",
    "NewTask",
    "NewWorkspace",
    "Placement",
    "Priority",
    "Project",
    "ProjectList",
    "RecurrenceInput",
    "Removal",
    "Task",
    "TaskItems",
    "TaskPage",
    "TaskPatch",
    "Workspace",
    "WorkspaceList",
]
