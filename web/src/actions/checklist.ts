/** The small steps inside a task. */
import type { Db } from '../app/db.svelte.ts';
import { between } from '../domain/position.ts';
import type { ChecklistItem, Task } from '../domain/types.ts';
import type { Effect, Fields } from '../sync/types.ts';
import { uuid7 } from '../sync/uuid.ts';

export function addItem(db: Db, task: Task, text: string): void {
  const id = uuid7();
  const last = db.checklist(task.id).at(-1);
  const position = between(last?.position ?? null, null);
  const fields = { task_id: task.id, text, is_done: false, position };
  const effect: Effect = { op: 'create', stream: task.stream, scope: task.scope, kind: 'checklist_item', id, fields };
  void db.write({
    method: 'POST',
    path: `/tasks/${task.id}/checklist`,
    body: { id, text, position },
    effects: [effect],
  });
}

export function changeItem(db: Db, item: ChecklistItem, changes: Fields): void {
  const path = `/checklist/${item.id}`;
  void db.write({ method: 'PATCH', path, body: changes, effects: [effectOf(item, 'update', changes)] });
}

export function removeItem(db: Db, item: ChecklistItem): void {
  const path = `/checklist/${item.id}`;
  void db.write({ method: 'DELETE', path, effects: [effectOf(item, 'delete', {})] });
}

function effectOf(item: ChecklistItem, op: Effect['op'], fields: Fields): Effect {
  return { op, stream: item.stream, scope: item.scope, kind: 'checklist_item', id: item.id, fields };
}
