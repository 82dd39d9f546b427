/** How a view puts tasks together: by which key, and which groups there are in which order. Pure. */
import { addDays, type Day } from '../dates.ts';
import type { Category, Label, Priority, Project, Status, Task } from '../types.ts';
import { ALL, type Groups } from './arranged.ts';
import type { Reader } from './filters.ts';
import type { Group } from './keep.ts';
import { CATEGORIES } from './sorting.ts';
import type { Grouping } from './types.ts';

export const PRIORITIES: readonly Priority[] = ['urgent', 'high', 'medium', 'low', 'none'];
export const DUE_GROUPS = ['overdue', 'today', 'tomorrow', 'week', 'later', 'none'] as const;
export type DueGroup = (typeof DUE_GROUPS)[number];
export const NONE = 'none';

/** What the groups can be about. */
export interface Known {
  readonly reader: Reader;
  /** Of the project; empty where tasks of several projects are shown, which are grouped by category. */
  readonly statuses: readonly Status[];
  readonly people: readonly { readonly id: string; readonly name: string }[];
  readonly labels: readonly Label[];
  readonly projects: readonly Project[];
}

/** A group before somebody has named it: `id` is a status, priority, person and so on, or `none`. */
export type Frame = Pick<Group, 'id' | 'tasks'>;

/** The groups with their tasks, in order. Those that `known` has are there even when empty. */
export function framesOf(groups: Groups<Task>, grouping: Grouping, known: Known): readonly Frame[] {
  if (grouping === 'none') return [{ id: ALL, tasks: groups.get(ALL) ?? [] }];
  const ids = new Set(orderOf(grouping, known));
  for (const id of groups.keys()) if (id !== ALL) ids.add(id);
  return [...ids].map((id) => ({ id, tasks: groups.get(id) ?? [] }));
}

/** The groups that a task is in. `byStatus`: all are of one project, so that its own statuses are shown. */
export function keysOf(grouping: Grouping, today: Day, byStatus: boolean): (task: Task) => readonly string[] {
  if (grouping === 'none') return () => [];
  const orNone = (ids: readonly string[]): readonly string[] => (ids.length > 0 ? ids : [NONE]);
  if (grouping === 'assignee') return (task) => orNone(task.assignee_ids);
  if (grouping === 'label') return (task) => orNone(task.label_ids);
  if (grouping === 'priority') return (task) => [task.priority];
  if (grouping === 'project') return (task) => [task.project_id];
  if (grouping === 'due') return (task) => [dueGroupOf(task, today)];
  return byStatus ? (task) => [task.status] : (task) => [task.status_category];
}

function orderOf(grouping: Grouping, known: Known): readonly string[] {
  const ids = (items: readonly { readonly id: string }[]): string[] => items.map(({ id }) => id);
  if (grouping === 'assignee') return [...mineFirst(ids(known.people), known.reader.me), NONE];
  if (grouping === 'label') return [...ids(known.labels), NONE];
  if (grouping === 'priority') return PRIORITIES;
  if (grouping === 'project') return ids(known.projects);
  if (grouping === 'due') return DUE_GROUPS;
  return known.statuses.length > 0 ? known.statuses.map(({ key }) => key) : CATEGORIES;
}

export function dueGroupOf(task: Task, today: Day): DueGroup {
  const day = task.due_date;
  if (!day) return 'none';
  if (day < today) return 'overdue';
  if (day === today) return 'today';
  if (day === addDays(today, 1)) return 'tomorrow';
  return day <= addDays(today, 7) ? 'week' : 'later';
}

/** Lists show work in progress first, and what is closed last. */
export function workFirst<T>(items: readonly T[], categoryOf: (item: T) => Category): T[] {
  const order: readonly Category[] = ['in_progress', 'todo', 'backlog', 'completed', 'canceled'];
  return [...items].sort((a, b) => order.indexOf(categoryOf(a)) - order.indexOf(categoryOf(b)));
}

function mineFirst(ids: readonly string[], me: string): string[] {
  return ids.includes(me) ? [me, ...ids.filter((id) => id !== me)] : [...ids];
}
