"""What others may know of this module: the shapes of its objects and of what changes them."""

from headway.modules.tasks.contracts.projects import NewProject, Project, ProjectList
from headway.modules.tasks.contracts.tasks import NewTask, RecurrenceInput, Task, TaskPage, TaskPatch
from headway.modules.tasks.contracts.values import Category, IdText, Priority
from headway.modules.tasks.contracts.workspaces import NewWorkspace, Workspace, WorkspaceList

__all__ = [
    "Category",
    "IdText",
    "NewProject",
    "NewTask",
    "NewWorkspace",
    "Priority",
    "Project",
    "ProjectList",
    "RecurrenceInput",
    "Task",
    "TaskPage",
    "TaskPatch",
    "Workspace",
    "WorkspaceList",
]
