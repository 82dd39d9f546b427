/** Between which two tasks a dropped task comes to lie. Pure. */
import { byPosition } from './order.ts';
import type { Task } from './types.ts';

export interface Place {
  readonly after: Task | null;
  readonly before: Task | null;
}

/** `over` is the task dropped upon, null for the end of the column. The moved task itself does not count. */
export function neighbours(
  tasks: readonly Task[],
  moved: Task,
  status: string,
  over: string | null,
  side: 'before' | 'after',
): Place {
  const column = columnOf(tasks, status).filter(({ id }) => id !== moved.id);
  const at = column.findIndex(({ id }) => id === over);
  if (at === -1) return { after: column.at(-1) ?? null, before: null };
  const first = side === 'before' ? at - 1 : at;
  return { after: column[first] ?? null, before: column[first + 1] ?? null };
}

/** One step up or down in its column; null at the end of it. */
export function shifted(tasks: readonly Task[], moved: Task, step: -1 | 1): Place | null {
  const column = columnOf(tasks, moved.status);
  const neighbour = column[column.findIndex(({ id }) => id === moved.id) + step];
  return neighbour ? neighbours(tasks, moved, moved.status, neighbour.id, step === -1 ? 'before' : 'after') : null;
}

/** The tasks of a column in order. */
function columnOf(tasks: readonly Task[], status: string): Task[] {
  return byPosition(tasks.filter((task) => task.status === status && !task.parent_id && !task.trashed_at));
}
