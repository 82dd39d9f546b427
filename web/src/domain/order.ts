/** The orders in which lists show things. Each gives a new array. */
import type { Priority, Task } from './types.ts';

interface Placed {
  readonly id: string;
  readonly position: string;
}

export function byPosition<T extends Placed>(items: readonly T[]): T[] {
  return [...items].sort(comparePosition);
}

/** Positions compare by code point; between equal ones the id decides, as on the server. */
export function comparePosition(a: Placed, b: Placed): number {
  if (a.position !== b.position) return a.position < b.position ? -1 : 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

export function byName<T extends { readonly id: string; readonly name: string }>(items: readonly T[]): T[] {
  return [...items].sort((a, b) => a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1));
}

const RANK: Readonly<Record<Priority, number>> = { urgent: 0, high: 1, medium: 2, low: 3, none: 4 };

/** The more urgent first. */
export function comparePriority(a: Task, b: Task): number {
  return RANK[a.priority] - RANK[b.priority];
}

/** What is due first, then what matters more, then the manual order. */
export function byUrgency(tasks: readonly Task[]): Task[] {
  return [...tasks].sort((a, b) => compareText(dueKey(a), dueKey(b)) || comparePriority(a, b) || comparePosition(a, b));
}

/** The newest first. */
export function byCreation<T extends { readonly id: string; readonly created_at: string }>(items: readonly T[]): T[] {
  return [...items].sort((a, b) => compareText(b.created_at, a.created_at) || compareText(b.id, a.id));
}

export function dueKey(task: Task): string {
  return task.due_date ? `${task.due_date} ${task.due_time ?? '99'}` : '9999';
}

export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
