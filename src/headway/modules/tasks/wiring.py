"""The tasks module, built."""

from headway.changes.module import Module
from headway.modules.tasks.http import tasks, workspaces
from headway.modules.tasks.store.schema import metadata


def build() -> Module:
    """Everything that the composition root needs of this module."""
    return Module(name="tasks", metadata=metadata, routes=(*workspaces.ROUTES, *tasks.ROUTES))
