/** Between which two tasks a dropped task comes to lie. Pure. */
import { byPosition } from './order.ts';
import type { Task } from './types.ts';

export interface Place {
  readonly after: Task | null;
  readonly before: Task | null;
}

export type Side = 'before' | 'after';

/** `over` is the task dropped upon, null for the end of the column. The moved tasks themselves do not count. */
export function placeOf(
  tasks: readonly Task[],
  moved: readonly string[],
  status: string,
  over: string | null,
  side: Side,
): Place {
  const column = columnOf(tasks, status).filter(({ id }) => !moved.includes(id));
  const at = column.findIndex(({ id }) => id === over);
  if (at === -1) return { after: column.at(-1) ?? null, before: null };
  const first = side === 'before' ? at - 1 : at;
  return { after: column[first] ?? null, before: column[first + 1] ?? null };
}

/** One step up or down in its column; null at the end of it. */
export function shifted(tasks: readonly Task[], moved: Task, step: -1 | 1): Place | null {
  const column = columnOf(tasks, moved.status);
  const neighbour = column[column.findIndex(({ id }) => id === moved.id) + step];
  return neighbour ? placeOf(tasks, [moved.id], moved.status, neighbour.id, step === -1 ? 'before' : 'after') : null;
}

/** The tasks of a column in order. */
export function columnOf(tasks: readonly Task[], status: string): Task[] {
  return byPosition(tasks.filter((task) => task.status === status && !task.parent_id && !task.trashed_at));
}
