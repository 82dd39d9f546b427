/** Which tasks the lists that span workspaces show. */
import { isClosed } from './closure.ts';
import type { Day } from './dates.ts';
import { addDays } from './dates.ts';
import type { Notification, Project, Task } from './types.ts';

/** The reads that these lists need. */
export interface TaskSource {
  readonly me: string;
  tasksOf(projectId: string): readonly Task[];
  tasksFor(userId: string): readonly Task[];
  project(id: string): Project | undefined;
  projects(workspaceId: string): readonly Project[];
}

export function isOpen(task: Task): boolean {
  return !isClosed(task) && !task.trashed_at;
}

/** Assigned to me, plus unassigned in my personal workspace; closed ones, too. */
export function allMine(source: TaskSource): Task[] {
  const own = source.projects(source.me).flatMap((project) => source.tasksOf(project.id));
  const unassigned = own.filter((task) => task.assignee_ids.length === 0);
  return [...source.tasksFor(source.me), ...unassigned].filter((task) => !source.project(task.project_id)?.archived_at);
}

export function myTasks(source: TaskSource): Task[] {
  return allMine(source).filter(isOpen);
}

/** Whether a task is open and nobody's part: what the Inbox counts. */
export function isCaptured(task: Task): boolean {
  return isOpen(task) && !task.parent_id;
}

/** Whether a task is a part of its project's progress. */
export function countsForProgress(task: Task): boolean {
  return !task.trashed_at && !task.parent_id && task.status_category !== 'canceled';
}

export type Horizon = 'overdue' | 'today' | 'week' | 'later' | 'none';

export function horizonOf(task: Task, today: Day): Horizon {
  if (!task.due_date) return 'none';
  if (task.due_date < today) return 'overdue';
  if (task.due_date === today) return 'today';
  return task.due_date <= addDays(today, 7) ? 'week' : 'later';
}

/** Whether a closed task is recent enough to be shown before *Show older*. */
export function closedRecently(task: Task, now = Date.now()): boolean {
  const days = 14;
  // When a task was canceled is not kept: it counts from when it was last touched.
  return !isClosed(task) || now - Date.parse(task.completed_at ?? task.updated_at) <= days * 86_400_000;
}

export function unread(notifications: readonly Notification[]): Notification[] {
  return notifications.filter((one) => !one.read_at);
}
