"""Labels of a workspace."""

import msgspec

from headway.modules.tasks.contracts.labels import Label, LabelList
from headway.modules.tasks.store import labels, scoped
from headway.modules.tasks.store.locate import member_for
from headway.modules.tasks.views import same
from headway.platform.actor import Actor
from headway.platform.db.port import Reader
from headway.platform.problems import NotFound
from headway.platform.web.fields import IdText


class LabelQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whose labels: of one workspace, or of all of the reader's."""

    workspace_id: IdText | None = None


async def list_labels(reader: Reader, actor: Actor, query: LabelQuery) -> LabelList:
    """List labels by name."""
    members = await scoped.members_of_person(reader, actor.id)
    if query.workspace_id is not None:
        members = [await scoped.member(reader, actor.id, query.workspace_id)]
    found = [
        same(row, Label)
        for member in members
        for row in await reader.rows(labels.LABELS_OF, workspace_id=member.workspace_id)
    ]
    return LabelList(sorted(found, key=lambda label: (label.name.casefold(), label.id)))


async def get_label(reader: Reader, actor: Actor, _query: None, *, label_id: str) -> Label:
    """Read one label."""
    member = await member_for(reader, actor, "label", label_id)
    row = await reader.row(labels.LABEL_BY_ID, workspace_id=member.workspace_id, id=label_id)
    if row is None:
        raise NotFound("label")
    return same(row, Label)
