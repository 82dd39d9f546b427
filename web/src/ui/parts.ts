/** Which parts a row or card of a task is made of, so that scrolling fills elements anew instead of making them. */
import type { Task } from '../domain/types.ts';

export function partsOf(task: Task): string {
  const { due_date, due_time, recurrence, priority, status_category, label_ids, assignee_ids } = task;
  const due = due_date ? `due ${String(due_time !== null)} ${String(recurrence !== null)}` : '';
  return `${priority} ${status_category} ${due} ${label_ids.length} ${assignee_ids.length}`;
}
