"""Folding entries over the facts that are held."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from headway.changes.contracts import Recorded
from headway.modules.analytics.domain.facts import Facts, Place, difference, folded
from headway.modules.analytics.store import FACTS_OF
from headway.platform.db.port import Reader


@dataclass
class Folding:
    """What entries make of tasks (None for one that is gone), and how the counters change by it."""

    facts: dict[str, Facts | None] = field(default_factory=dict)
    change: Counter[Place] = field(default_factory=Counter)


async def fold(reader: Reader, workspace_id: str, entries: Sequence[Recorded]) -> Folding:
    """Fold entries of a workspace stream, in order."""
    folding = Folding()
    for recorded in entries:
        entry = recorded.entry
        if entry.kind != "task" or entry.op == "leave":
            continue
        if entry.id in folding.facts:
            held = folding.facts[entry.id]
        else:
            held = await reader.row(FACTS_OF, workspace_id=workspace_id, task_id=entry.id)
        after = None if entry.op == "delete" else folded(held, workspace_id, entry.id, entry.fields, entry.at)
        folding.change.update(difference(held, after))
        folding.facts[entry.id] = after
    return folding
