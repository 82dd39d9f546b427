/** The steps of a task. */
import type { Db } from '../app/db.svelte.ts';
import { linesOf } from '../domain/lines.ts';
import { between, spread } from '../domain/position.ts';
import type { ChecklistItem, Task } from '../domain/types.ts';
import type { Fields } from '../sync/types.ts';
import { uuid7 } from '../sync/uuid.ts';
import { creationOf, deletionOf, updateOf } from './effects.ts';
import { createTask } from './tasks.ts';

/** Adds one step a line, at the end; list marks that were pasted along go, and `[x]` is done. */
export function addItems(db: Db, task: Task, text: string): void {
  const lines = linesOf(text);
  const last = db.checklist(task.id).at(-1)?.position ?? null;
  const positions = spread(last, null, lines.length);
  for (const [index, { title, done }] of lines.entries()) {
    addItem(db, task, { text: title, is_done: done }, positions[index] ?? between(last, null));
  }
}

function addItem(db: Db, task: Task, line: { text: string; is_done: boolean }, position: string): void {
  const id = uuid7();
  void db.write({
    method: 'POST',
    path: `/tasks/${task.id}/checklist`,
    body: { id, ...line, position },
    effects: [creationOf('checklist_item', id, task, { ...line, task_id: task.id, position })],
  });
}

export function changeItem(db: Db, item: ChecklistItem, changes: Fields): void {
  const effects = [updateOf('checklist_item', item, changes)];
  void db.write({ method: 'PATCH', path: `/checklist/${item.id}`, body: changes, effects });
}

/** To another place among the others: `index` counts without the item itself. */
export function placeItem(db: Db, item: ChecklistItem, index: number): void {
  const others = db.checklist(item.task_id).filter(({ id }) => id !== item.id);
  const after = others[index - 1]?.position ?? null;
  const before = others[index]?.position ?? null;
  // Equal positions leave no room; then it stays.
  if (after !== null && before !== null && after >= before) return;
  changeItem(db, item, { position: between(after, before) });
}

export function removeItem(db: Db, item: ChecklistItem): void {
  const effects = [deletionOf('checklist_item', item)];
  void db.write({ method: 'DELETE', path: `/checklist/${item.id}`, effects });
}

/** The step becomes a task of its own, part of this one. */
export function makeSubtask(db: Db, task: Task, item: ChecklistItem): void {
  const project = db.project(task.project_id);
  if (!project) return;
  const done = db.statuses(project.id).find(({ category }) => category === 'completed');
  createTask(db, project, {
    title: item.text,
    parent_id: task.id,
    ...(item.is_done && done && { status: done.key }),
  });
  removeItem(db, item);
}
