"""Folds workspace streams into facts and counters."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

import msgspec

from headway.changes.contracts import Recorded, Stream
from headway.modules.analytics.domain.facts import Place
from headway.modules.analytics.store import ADD, counters, facts
from headway.modules.analytics.store.folding import fold
from headway.platform.db.port import Transaction
from headway.platform.db.statement import delete_by_key, insert_into

NAME: Final = "analytics"


async def count(tx: Transaction, stream: Stream, entries: Sequence[Recorded]) -> None:
    """Handle entries of a workspace stream."""
    folding = await fold(tx, stream.owner, entries)
    for task_id, after in folding.facts.items():
        await tx.execute(delete_by_key(facts), key_workspace_id=stream.owner, key_task_id=task_id)
        if after is not None:
            await tx.execute(insert_into(facts), **msgspec.structs.asdict(after))
    await _add(tx, stream.owner, folding.change)


async def _add(tx: Transaction, workspace_id: str, change: Counter[Place]) -> None:
    for (project_id, person_id, measure, bucket), by in change.items():
        if not by:
            continue
        where = {
            "workspace": workspace_id,
            "project": project_id,
            "person": person_id,
            "what": measure,
            "when": bucket,
        }
        if not await tx.execute(ADD, by=by, **where):
            await tx.execute(
                insert_into(counters),
                workspace_id=workspace_id,
                project_id=project_id,
                person_id=person_id,
                measure=measure,
                bucket=bucket,
                count=by,
            )
