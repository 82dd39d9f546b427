/** The order of tasks in a view. Pure. */
import { comparePosition, comparePriority, compareText, dueKey } from '../order.ts';
import type { Category, Task } from '../types.ts';
import type { Sort, SortKey } from './types.ts';

export type Compare = (a: Task, b: Task) => number;

/** As a board has them. */
export const CATEGORIES: readonly Category[] = ['backlog', 'todo', 'in_progress', 'completed', 'canceled'];

/** What comes last whichever way one sorts: tasks without a value. */
const NOTHING: Partial<Record<SortKey, (task: Task) => boolean>> = {
  due: (task) => task.due_date === null,
  estimate: (task) => task.estimate_minutes === null,
};

/** The first is the one that people mean: what is due or urgent first, the newest first. */
const BY: Readonly<Record<SortKey, Compare>> = {
  position: comparePosition,
  priority: comparePriority,
  due: (a, b) => compareText(dueKey(a), dueKey(b)),
  created: (a, b) => compareText(b.created_at, a.created_at),
  updated: (a, b) => compareText(b.updated_at, a.updated_at),
  title: (a, b) => a.title.localeCompare(b.title),
  status: (a, b) => CATEGORIES.indexOf(a.status_category) - CATEGORIES.indexOf(b.status_category),
  estimate: (a, b) => (a.estimate_minutes ?? 0) - (b.estimate_minutes ?? 0),
};

/** Whether people put the tasks in order by hand. */
export function isManual(sorting: readonly Sort[]): boolean {
  return sorting.length === 0 || sorting[0]?.by === 'position';
}

export function comparing(sorting: readonly Sort[]): Compare {
  const steps = sorting.map(stepOf);
  return (a, b) => {
    for (const step of steps) {
      const difference = step(a, b);
      if (difference !== 0) return difference;
    }
    return comparePosition(a, b);
  };
}

function stepOf({ by, descending }: Sort): Compare {
  const compare = BY[by];
  const nothing = NOTHING[by];
  if (!descending) return nothing ? last(nothing, compare) : compare;
  const reversed: Compare = (a, b) => -compare(a, b);
  return nothing ? last(nothing, reversed) : reversed;
}

function last(nothing: (task: Task) => boolean, compare: Compare): Compare {
  return (a, b) => Number(nothing(a)) - Number(nothing(b)) || compare(a, b);
}
