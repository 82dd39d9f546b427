/** Which tasks a view shows. Each filter that is set must hold; within one, any of its values may. Pure. */
import { addDays, weekday, type Day } from '../dates.ts';
import { isOpen } from '../lists.ts';
import type { Task } from '../types.ts';
import { NO_FILTERS, type Filters } from './types.ts';

/** Who looks, and when. */
export interface Reader {
  readonly me: string;
  readonly today: Day;
  /** 0 Sunday to 6 Saturday. */
  readonly weekStart: number;
}

type Test = (task: Task) => boolean;
type Thing = Filters['has'][number];

const HAS: Readonly<Record<Thing, Test>> = {
  assignee: (task) => task.assignee_ids.length > 0,
  due: (task) => task.due_date !== null,
  estimate: (task) => task.estimate_minutes !== null,
  label: (task) => task.label_ids.length > 0,
  parent: (task) => task.parent_id !== null,
  recurrence: (task) => task.recurrence !== null,
  start: (task) => task.start_date !== null,
};

/** Whether a task, which is not in the trash, is shown. */
export function matching(filters: Filters, reader: Reader): Test {
  const tests = testsOf(filters, reader);
  return (task) => !task.trashed_at && tests.every((test) => test(task));
}

export function isFiltered(filters: Filters): boolean {
  return JSON.stringify({ ...NO_FILTERS, ...filters }) !== JSON.stringify(NO_FILTERS);
}

/** Whether some tasks are left out, apart from closed ones and subtasks. */
export function isNarrowed(filters: Filters): boolean {
  return isFiltered({ ...filters, closed: true, with_subtasks: true });
}

export function sameFilters(a: Filters, b: Filters): boolean {
  return JSON.stringify({ ...NO_FILTERS, ...a }) === JSON.stringify({ ...NO_FILTERS, ...b });
}

function testsOf(filters: Filters, reader: Reader): Test[] {
  const tests: Test[] = [];
  const among = <T extends string>(wanted: readonly T[], of: (task: Task) => T): void => {
    const set = new Set<string>(wanted);
    if (set.size > 0) tests.push((task) => set.has(of(task)));
  };
  among(filters.statuses, (task) => task.status);
  among(filters.categories, (task) => task.status_category);
  among(filters.priorities, (task) => task.priority);
  among(filters.project_ids, (task) => task.project_id);
  among(people(filters.created_by, reader), (task) => task.created_by);
  if (filters.assignees.length > 0) tests.push(assignedTo(people(filters.assignees, reader)));
  if (filters.label_ids.length > 0) tests.push((task) => task.label_ids.some((id) => filters.label_ids.includes(id)));
  tests.push(...filters.has.map((thing) => HAS[thing]), ...dueTests(filters, reader));
  if (!filters.closed) tests.push(isOpen);
  if (!filters.with_subtasks) tests.push((task) => !task.parent_id);
  const words = filters.q.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length > 0) tests.push((task) => words.every((word) => task.title.toLowerCase().includes(word)));
  return tests;
}

function people(wanted: readonly string[], { me }: Reader): string[] {
  return wanted.map((person) => (person === 'me' ? me : person));
}

function assignedTo(wanted: readonly string[]): Test {
  const nobody = wanted.includes('nobody');
  return ({ assignee_ids: ids }) => (ids.length === 0 ? nobody : ids.some((id) => wanted.includes(id)));
}

function dueTests({ due, due_before, due_after }: Filters, { today, weekStart }: Reader): Test[] {
  const tests: Test[] = [];
  const dated = (holds: (day: Day) => boolean): Test => {
    return (task) => task.due_date !== null && holds(task.due_date);
  };
  if (due === 'none') tests.push((task) => task.due_date === null);
  if (due === 'any') tests.push(HAS.due);
  if (due === 'overdue') tests.push((task) => isOpen(task) && task.due_date !== null && task.due_date < today);
  if (due === 'today') tests.push(dated((day) => day === today));
  if (due === 'next_7_days') tests.push(dated((day) => day >= today && day <= addDays(today, 7)));
  if (due === 'this_week') {
    const first = startOfWeek(today, weekStart);
    tests.push(dated((day) => day >= first && day <= addDays(first, 6)));
  }
  if (due_before) tests.push(dated((day) => day < due_before));
  if (due_after) tests.push(dated((day) => day > due_after));
  return tests;
}

/** The first day of the week that a day is in. */
export function startOfWeek(day: Day, weekStart: number): Day {
  return addDays(day, -((weekday(day) - weekStart + 7) % 7));
}
