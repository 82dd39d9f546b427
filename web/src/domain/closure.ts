/** Whether there is nothing left to do: a task is completed, or it was canceled. Only the first has `completed_at`. */
import type { Category, Task } from './types.ts';

/** Whether a task with a status of that category is closed. */
export function closes(category: Category): boolean {
  return category === 'completed' || category === 'canceled';
}

export function isClosed(task: Task): boolean {
  return closes(task.status_category);
}
