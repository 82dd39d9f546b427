/** Copies of tasks with their labels, steps and subtasks, shown at once: the ids of all that is known here are given along. */
import type { Db } from '../app/db.svelte.ts';
import type { Step } from '../app/history.ts';
import { byPosition } from '../domain/order.ts';
import { between } from '../domain/position.ts';
import type { Task } from '../domain/types.ts';
import type { Effect, Fields } from '../sync/types.ts';
import { uuid7 } from '../sync/uuid.ts';
import { creationOf } from './effects.ts';
import { firstOpenStatus, statusFields } from './tasks.ts';
import { isClosed } from '../domain/closure.ts';

/** As many parts as the server takes ids for (Duplicate). */
const NAMED_PARTS = 500;

/** A copy right after each task, open again. */
export function duplicateAll(db: Db, tasks: readonly Task[]): Step {
  return db.history.together(() => tasks.forEach((task) => duplicate(db, task)));
}

function duplicate(db: Db, task: Task): void {
  const id = uuid7();
  const status = isClosed(task) ? firstOpenStatus(db, task.project_id) : undefined;
  const fields = { ...(status && statusFields(status)), position: positionAfter(db, task) };
  const parts = partsOf(db, task, id).slice(0, NAMED_PARTS);
  void db.write({
    method: 'POST',
    path: `/tasks/${task.id}/duplicate`,
    body: { id, part_ids: Object.fromEntries(parts.map(({ of, effect }) => [of, effect.id])) },
    effects: [copyOf(db, task, id, fields), ...parts.map(({ effect }) => effect)],
  });
}

/** The copies of what belongs to a task, and of which object each is. */
function partsOf(db: Db, task: Task, copyId: string): { of: string; effect: Effect }[] {
  const steps = db.checklist(task.id).map((item) => {
    const { text, position } = item;
    const fields = { task_id: copyId, text, position, is_done: false };
    return { of: item.id, effect: creationOf('checklist_item', uuid7(), item, fields) };
  });
  const subtasks = db.subtasks(task.id).flatMap((subtask) => {
    const id = uuid7();
    const status = firstOpenStatus(db, task.project_id);
    const fields = { parent_id: copyId, ...(status && statusFields(status)) };
    return [{ of: subtask.id, effect: copyOf(db, subtask, id, fields) }, ...partsOf(db, subtask, id)];
  });
  return [...steps, ...subtasks];
}

function copyOf(db: Db, task: Task, id: string, changed: Fields): Effect {
  const { id: _id, stream, scope, version: _version, synced: _synced, number: _number, ...held } = task;
  const fields = { ...held, ...changed, created_by: db.me, created_at: new Date().toISOString() };
  return creationOf('task', id, { stream, scope }, fields);
}

function positionAfter(db: Db, task: Task): string {
  const siblings = byPosition(db.tasksOf(task.project_id));
  const next = siblings[siblings.findIndex(({ id }) => id === task.id) + 1];
  return between(task.position, next && next.position > task.position ? next.position : null);
}
