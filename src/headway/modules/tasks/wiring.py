"""The tasks module, built."""

from headway.changes.consumer import Consumer
from headway.changes.module import Module
from headway.modules.tasks.consumers import access, newcomers
from headway.modules.tasks.http import tasks, undo, workspaces
from headway.modules.tasks.queries.snapshot import TaskSyncSource
from headway.modules.tasks.store.schema import metadata
from headway.platform.clock import Clock
from headway.platform.db.port import Database
from headway.platform.faults import Faults, no_faults


def build(database: Database, clock: Clock, faults: Faults = no_faults) -> Module:
    """Everything that the composition root needs of this module."""
    return Module(
        name="tasks",
        metadata=metadata,
        routes=(*workspaces.ROUTES, *tasks.ROUTES, *undo.ROUTES),
        consumers=(
            Consumer(access.NAME, frozenset({"workspace"}), access.inform, database, faults),
            Consumer(newcomers.NAME, frozenset({"account"}), newcomers.welcome, database, faults),
        ),
        sync=TaskSyncSource(clock),
    )
