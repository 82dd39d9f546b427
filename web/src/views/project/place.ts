/** Between which two tasks a dropped task comes to lie. Pure. */
import { byPosition } from '../../domain/order.ts';
import type { Task } from '../../domain/types.ts';

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
  const column = byPosition(
    tasks.filter((task) => task.status === status && task.id !== moved.id && !task.parent_id && !task.trashed_at),
  );
  const at = column.findIndex(({ id }) => id === over);
  if (at === -1) return { after: column.at(-1) ?? null, before: null };
  const first = side === 'before' ? at - 1 : at;
  return { after: column[first] ?? null, before: column[first + 1] ?? null };
}
