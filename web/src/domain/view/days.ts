/** The days of a calendar. Pure. */
import { addDays, type Day } from '../dates.ts';
import { weeksOf as weeksOfMonth } from '../month.ts';
import type { Task } from '../types.ts';
import { startOfWeek } from './filters.ts';
import { groupByEach } from './groups.ts';

export type Scale = 'month' | 'week';

/** The whole weeks in which the month of a day, or only its own week, lies. */
export function weeksOf(day: Day, scale: Scale, weekStart: number): readonly (readonly Day[])[] {
  if (scale === 'week') return [daysFrom(startOfWeek(day, weekStart), 7)];
  return weeksOfMonth(day, weekStart);
}

export function daysFrom(first: Day, count: number): Day[] {
  return Array.from({ length: count }, (_, at) => addDays(first, at));
}

/** The first day of the month, or the same day of the week, so many further. */
export function turned(day: Day, scale: Scale, steps: -1 | 1): Day {
  if (scale === 'week') return addDays(day, steps * 7);
  const first = `${day.slice(0, 7)}-01`;
  return steps === 1 ? `${addDays(first, 31).slice(0, 7)}-01` : `${addDays(first, -1).slice(0, 7)}-01`;
}

/** Tasks by the day on which they are due. */
export function byDay(tasks: readonly Task[]): ReadonlyMap<Day, readonly Task[]> {
  return groupByEach(tasks, (task) => (task.due_date ? [task.due_date] : []));
}
