"""Undo: a new action that takes back what another one did, under today's permissions.

It never overwrites what somebody has changed since: then the whole undo is refused and the answer says which fields.
"""

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from headway.changes.contracts import Recorded
from headway.changes.log import NEWEST, about, of_action
from headway.changes.work import Kind, Work
from headway.modules.tasks.actions import undo_rules
from headway.modules.tasks.actions.inheritance import list_editor
from headway.modules.tasks.actions.relations import check_may_end
from headway.modules.tasks.contracts.undo import Undone, UndoRequest
from headway.modules.tasks.domain.access import Level, Member, require_level
from headway.modules.tasks.store import scoped
from headway.modules.tasks.store.attachments import ATTACHMENT, LOOSE_FOR
from headway.modules.tasks.store.children import CHILDREN
from headway.modules.tasks.store.kinds import KINDS
from headway.modules.tasks.store.projects import PROJECT, STATUS
from headway.modules.tasks.store.relations import BETWEEN_PROJECTS
from headway.modules.tasks.store.tasks import TASK, TaskRow
from headway.platform.db.port import DuplicateKey
from headway.platform.db.statement import row_by_key
from headway.platform.problems import Conflict, FieldError, Forbidden, NotFound

UNDOABLE: Final = frozenset(
    {"task", "comment", "attachment", "checklist_item", "label", "status", "project", "relation", "view", "reminder"}
)
LATER_LIMIT: Final = 200


async def undo(work: Work, member: Member, body: UndoRequest) -> Undone:
    """Take back one action: what it made goes, what it changed is as before, what it deleted is there again."""
    work.origin = "undo"
    await work.lock()
    entries = await of_action(work.tx, work.stream, body.action_id)
    if not entries:
        raise NotFound("action")
    undoing = _Undoing(work, member, entries)
    for recorded in reversed(entries):
        await undoing.take_back(recorded)
    await undoing.move_children()
    undoing.refuse_conflicts()
    return Undone(action_id=work.action_id, entries=len(work.entries))


class _Undoing:
    """One undo under way. Any: rows of every kind pass through."""

    def __init__(self, work: Work, member: Member, entries: list[Recorded]) -> None:
        self._work = work
        self._member = member
        self._newest = entries[-1].entry.version
        self._also_updates = any(each.entry.op == "update" and each.entry.kind == TASK.name for each in entries)
        self._moved: list[TaskRow] = []
        self._conflicts: list[FieldError] = []

    async def take_back(self, recorded: Recorded) -> None:
        """Undo one entry; conflicts are collected."""
        entry = recorded.entry
        if entry.kind not in UNDOABLE or (entry.kind == PROJECT.name and entry.op != "update"):
            raise Conflict("not_undoable", f"What was done to a {entry.kind.replace('_', ' ')} cannot be undone.")
        kind = KINDS[entry.kind]
        if kind is PROJECT:
            self._member.require_role("admin" if "trashed_at" in entry.fields else "member")
        elif kind is STATUS:
            self._member.require_role("member")
        if entry.op == "delete":
            if kind is ATTACHMENT and self._work.now - entry.at >= LOOSE_FOR:
                raise Conflict("not_undoable", "The file has been removed for good meanwhile.")
            await self._put_back(kind, recorded)
            return
        row = await self._row(kind, recorded)
        if row is None:
            self._conflict(recorded, "", "is gone")
        elif entry.op == "create":
            await self._take_away(kind, row, recorded)
        elif recorded.before:
            await self._set_back(kind, row, recorded)

    async def move_children(self) -> None:
        """What hangs on a task that went back to its former project goes with it."""
        for task in self._moved:
            for child in CHILDREN:
                for row in await self._work.tx.rows(child.of_task, workspace_id=task.workspace_id, task_id=task.id):
                    moved = child.moved(row, task)
                    if moved != row:
                        await self._work.rescope(child.kind, row, moved)

    def refuse_conflicts(self) -> None:
        """Conflict when anything has been changed since."""
        if self._conflicts:
            raise Conflict(
                "changed_since", "Something has been changed since; nothing was undone.", errors=self._conflicts
            )

    async def _set_back(self, kind: Kind[Any], row: Any, recorded: Recorded) -> None:
        await self._allow(kind, row)
        if kind is PROJECT and not {"archived_at", "trashed_at"} & recorded.before.keys():
            scoped.check_in_use(row)
        fields, before = recorded.entry.fields, recorded.before
        changed: dict[str, Any] = {}
        for name, former in before.items():
            if name == "updated_at":
                continue
            if _as_logged(getattr(row, name)) != fields.get(name):
                self._conflict(recorded, name, f"was changed again{await self._by_whom(recorded, name)}")
            else:
                changed[name] = msgspec.convert(former, _type_of(kind.row, name))
        after = await self._work.update(kind, row, **changed)
        if kind is PROJECT and after.access == "private" and row.access != "private":
            await list_editor(self._work, after.id, self._member.user_id)
        await self._allow(kind, after)
        await undo_rules.after_restoring(self._work, self._member, row, after)
        if kind is TASK and after.project_id != row.project_id:
            self._moved.append(after)

    async def _take_away(self, kind: Kind[Any], row: Any, recorded: Recorded) -> None:
        await self._allow(kind, row)
        if await self._touched_by_others(recorded):
            if not self._also_updates:
                self._conflict(recorded, "", "was changed by somebody else")
            return
        await undo_rules.before_taking_away(self._work, self._member, row)
        if kind is TASK and not self._also_updates:
            await self._work.update(kind, row, trashed_at=self._work.now)
        else:
            await self._work.delete(kind, row)

    async def _put_back(self, kind: Kind[Any], recorded: Recorded) -> None:
        values = {**recorded.before, **_key(kind, recorded, self._member)}
        row = msgspec.convert({**values, "version": recorded.entry.object_version + 1}, kind.row)
        await self._allow(kind, row)
        try:
            await self._work.insert(kind, row)
        except DuplicateKey:
            self._conflict(recorded, "", "is there again already")
        await undo_rules.after_restoring(self._work, self._member, None, row)

    async def _row(self, kind: Kind[Any], recorded: Recorded) -> Any:
        key = {f"key_{name}": value for name, value in _key(kind, recorded, self._member).items()}
        wanted = {f"key_{column.name}" for column in kind.table.primary_key.columns}
        whole: type[msgspec.Struct] = kind.row
        return await self._work.tx.row(
            row_by_key(kind.table, whole), **{name: value for name, value in key.items() if name in wanted}
        )

    async def _allow(self, kind: Kind[Any], row: Any) -> None:
        """NotFound or Forbidden unless the person may change the object where it stands."""
        what, _, whose = kind.scope(row).partition(":")
        if what == "project":
            least: Level = "comment" if kind.name == "comment" else "edit"
            if kind is PROJECT:  # it may be in the trash, where no reader finds it
                require_level(await scoped.level_in(self._work.tx, self._member, row), least, kind.name)
                return
            await scoped.project(self._work.tx, self._member, whose, least, kind.name)
        elif what == "person" and whose != self._member.user_id:
            raise NotFound(kind.name)
        elif what == BETWEEN_PROJECTS:
            await check_may_end(self._work, self._member, row)
        elif what == "admins":
            self._member.require_role("admin")
        elif what != "person":
            self._member.require_role("member")
        if kind.name == "comment" and row.created_by != self._member.user_id:
            raise Forbidden("not_yours", "Only its author may change a comment.")

    async def _later(self, recorded: Recorded) -> list[Recorded]:
        found = await about(self._work.tx, self._work.stream, recorded.subject, NEWEST, LATER_LIMIT)
        return [each for each in found if each.entry.version > self._newest and each.entry.id == recorded.entry.id]

    async def _touched_by_others(self, recorded: Recorded) -> bool:
        return any(each.entry.actor != self._member.user_id for each in await self._later(recorded))

    async def _by_whom(self, recorded: Recorded, name: str) -> str:
        for each in await self._later(recorded):
            if name in each.entry.fields and each.entry.actor is not None:
                return " by yourself" if each.entry.actor == self._member.user_id else " by somebody else"
        return ""

    def _conflict(self, recorded: Recorded, name: str, message: str) -> None:
        path = ".".join(part for part in (recorded.entry.kind, recorded.entry.id, name) if part)
        self._conflicts.append(FieldError(path, "changed_since", message))


def _key(kind: Kind[Any], recorded: Recorded, member: Member) -> Mapping[str, Any]:
    known = {
        "workspace_id": member.workspace_id,
        "id": recorded.entry.id,
        "project_id": recorded.before.get("project_id", recorded.entry.fields.get("project_id", recorded.subject)),
        "user_id": member.user_id,
    }
    columns = {column.name for column in kind.table.primary_key.columns}
    told = {*recorded.before, *recorded.entry.fields}
    return {
        name: value
        for name, value in known.items()
        if name in columns or (name in kind.row.__struct_fields__ and name not in told)
    }


def _as_logged(value: object) -> Any:
    """A row's value as an entry tells it."""
    return msgspec.json.decode(msgspec.json.encode(value))


def _type_of(row: type[msgspec.Struct], name: str) -> Any:
    return next(field.type for field in msgspec.structs.fields(row) if field.name == name)
