/** What it means for a task to be dropped in another group of a view. */
import type { Db } from '../app/db.svelte.ts';
import { addDays, type Day } from '../domain/dates.ts';
import type { Priority, Task } from '../domain/types.ts';
import type { DueGroup } from '../domain/view/grouping.ts';
import { NONE } from '../domain/view/grouping.ts';
import type { Grouping } from '../domain/view/types.ts';
import { moveAllToProject } from './many.ts';
import { setStatus, updateTask } from './tasks.ts';

/** Takes a task from one group to another. False where that means nothing, for example to *Overdue*. */
export function regroup(db: Db, task: Task, grouping: Grouping, from: string, to: string, today: Day): boolean {
  if (from === to) return false;
  if (grouping === 'status') return changeStatus(db, task, to);
  if (grouping === 'due') return schedule(db, task, to as DueGroup, today);
  if (grouping === 'priority') updateTask(db, task, { priority: to as Priority });
  else if (grouping === 'assignee') updateTask(db, task, { assignee_ids: replaced(task.assignee_ids, from, to) });
  else if (grouping === 'label') updateTask(db, task, { label_ids: replaced(task.label_ids, from, to) });
  else if (grouping === 'project') return changeProject(db, task, to);
  else return false;
  return true;
}

/** What a task that is made in a group gets. */
export function givenBy(grouping: Grouping, group: string, today: Day): Readonly<Record<string, unknown>> {
  if (grouping === 'priority') return { priority: group };
  if (grouping === 'assignee' && group !== NONE) return { assignee_ids: [group] };
  if (grouping === 'label' && group !== NONE) return { label_ids: [group] };
  if (grouping === 'status') return { status: group };
  const day = grouping === 'due' ? dayOf(group as DueGroup, today) : null;
  return day ? { due_date: day } : {};
}

function changeStatus(db: Db, task: Task, to: string): boolean {
  const statuses = db.statuses(task.project_id);
  const status = statuses.find(({ key }) => key === to) ?? statuses.find(({ category }) => category === to);
  if (status) setStatus(db, task, status);
  return status !== undefined;
}

function changeProject(db: Db, task: Task, to: string): boolean {
  const project = db.project(to);
  if (project?.workspace_id !== task.workspace_id) return false;
  void moveAllToProject(db, [task], project);
  return true;
}

function schedule(db: Db, task: Task, to: DueGroup, today: Day): boolean {
  const day = dayOf(to, today);
  if (day === undefined) return false;
  updateTask(db, task, day ? { due_date: day } : { due_date: null, due_time: null, due_zone: null });
  return true;
}

/** The day of a group; null for no day, undefined for groups of several days. */
function dayOf(group: DueGroup, today: Day): Day | null | undefined {
  const days: Partial<Record<DueGroup, Day | null>> = { today, tomorrow: addDays(today, 1), none: null };
  return days[group];
}

/** One id instead of another. */
function replaced(ids: readonly string[], from: string, to: string): string[] {
  const kept = ids.filter((id) => id !== from && id !== to);
  return to === NONE ? kept : [...kept, to];
}
