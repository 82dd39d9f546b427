"""Is this installation healthy, and if not, what is to be done? Works without a running server, and beside one."""

from headway.entrypoints.operation.doctor.findings import Finding, Level
from headway.entrypoints.operation.doctor.rounds import examine_installation

__all__ = ["Finding", "Level", "examine_installation"]
