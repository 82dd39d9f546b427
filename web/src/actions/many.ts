/** The same edit of one or many tasks. Each function is one step to take back; equal changes are one write per workspace. */
import type { Db } from '../app/db.svelte.ts';
import { byPosition, comparePosition } from '../domain/order.ts';
import type { Project, Task } from '../domain/types.ts';
import { groupBy } from '../domain/view/groups.ts';
import type { Step } from '../app/history.ts';
import type { Fields } from '../sync/types.ts';
import {
  effectOf,
  firstOpenStatus,
  moveTask,
  setStatus,
  statusFields,
  toggleAssignee,
  toggleDone,
  toggleLabel,
  trashTask,
} from './tasks.ts';
import { isClosed } from '../domain/closure.ts';

/** As many as the server takes in one bulk edit (BulkPatch). */
const LARGEST = 200;

/** Plain fields: priority, dates. */
export function editAll(db: Db, tasks: readonly Task[], changes: Fields): Step {
  return db.history.together(() => patchAll(db, tasks, changes, () => changes));
}

/** Completes what is open; when all are closed already, opens them again. */
export function completeAll(db: Db, tasks: readonly Task[]): Step {
  const open = tasks.filter((task) => !isClosed(task));
  return db.history.together(() => {
    if (tasks.length === 1) for (const task of tasks) void toggleDone(db, task);
    else if (open.length > 0) toStatusEach(db, open, (task) => completedStatus(db, task)?.key);
    else toStatusEach(db, tasks, (task) => firstOpenStatus(db, task.project_id)?.key);
  });
}

/** By the key of a status that the projects of all tasks have. One task goes to the end of its new column. */
export function setStatusOfAll(db: Db, tasks: readonly Task[], status: string): Step {
  return db.history.together(() => {
    const [task] = tasks;
    if (tasks.length === 1 && task) toEndOfColumn(db, task, status);
    else toStatusEach(db, tasks, () => status);
  });
}

/** Takes tasks to another project of their workspace; the status goes by its category. */
export function moveAllToProject(db: Db, tasks: readonly Task[], project: Project): Step {
  const moving = tasks.filter((task) => task.project_id !== project.id && task.workspace_id === project.workspace_id);
  const target = (task: Task) =>
    db.statuses(project.id).find((one) => one.category === task.status_category) ?? firstOpenStatus(db, project.id);
  return db.history.together(() => {
    for (const [key, group] of groupBy(moving, (task) => target(task)?.key ?? '')) {
      const changes = { project_id: project.id, ...(key && { status: key }) };
      patchAll(db, group, changes, (task) => {
        const status = target(task);
        return { project_id: project.id, ...(status && statusFields(status, task)) };
      });
    }
  });
}

/** Everybody gets it, unless everybody has it: then it is taken away. */
export function toggleAssigneeOfAll(db: Db, tasks: readonly Task[], userId: string): Step {
  return toggleLinks(
    db,
    tasks,
    (task) => task.assignee_ids.includes(userId),
    (task) => toggleAssignee(db, task, userId),
  );
}

export function toggleLabelOfAll(db: Db, tasks: readonly Task[], labelId: string): Step {
  return toggleLinks(
    db,
    tasks,
    (task) => task.label_ids.includes(labelId),
    (task) => toggleLabel(db, task, labelId),
  );
}

export function trashAll(db: Db, tasks: readonly Task[]): Step {
  return db.history.together(() => tasks.forEach((task) => trashTask(db, task)));
}

/** Tasks, in their order, between two others of a column. */
export function placeAll(
  db: Db,
  tasks: readonly Task[],
  place: { after: Task | null; before: Task | null; status: string },
): Step {
  return db.history.together(() => {
    let after = place.after;
    for (const task of tasks) {
      const status = db.statuses(task.project_id).find(({ key }) => key === place.status);
      const position = moveTask(db, task, { after, before: place.before, ...(status && { status }) });
      after = position ? { ...task, position } : task;
    }
  });
}

function patchAll(db: Db, tasks: readonly Task[], patch: Fields, fieldsOf: (task: Task) => Fields): void {
  const [task] = tasks;
  if (tasks.length === 1 && task) {
    void db.write({
      method: 'PATCH',
      path: `/tasks/${task.id}`,
      body: patch,
      effects: [effectOf(task, fieldsOf(task))],
    });
    return;
  }
  for (const group of groupBy(tasks, (one) => one.workspace_id).values()) {
    for (let from = 0; from < group.length; from += LARGEST) {
      const some = group.slice(from, from + LARGEST);
      const effects = some.map((one) => effectOf(one, fieldsOf(one)));
      void db.write({ method: 'PATCH', path: '/tasks', body: { ids: some.map(({ id }) => id), patch }, effects });
    }
  }
}

function toStatusEach(db: Db, tasks: readonly Task[], keyFor: (task: Task) => string | undefined): void {
  const changing = tasks.filter((task) => keyFor(task) !== undefined && keyFor(task) !== task.status);
  for (const [key, group] of groupBy(changing, (task) => keyFor(task) ?? '')) {
    patchAll(db, group, { status: key }, (task) => {
      const status = db.statuses(task.project_id).find((one) => one.key === key);
      return status ? statusFields(status) : {};
    });
  }
}

function toEndOfColumn(db: Db, task: Task, key: string): void {
  const status = db.statuses(task.project_id).find((one) => one.key === key);
  if (!status || key === task.status) return;
  const column = byPosition(db.tasksOf(task.project_id).filter((one) => one.status === key && !one.trashed_at));
  const last = column.at(-1) ?? null;
  if (last && comparePosition(last, task) > 0) moveTask(db, task, { after: last, before: null, status });
  else setStatus(db, task, status);
}

function toggleLinks(db: Db, tasks: readonly Task[], has: (task: Task) => boolean, toggle: (task: Task) => void): Step {
  const lacking = tasks.filter((task) => !has(task));
  return db.history.together(() => (lacking.length > 0 ? lacking : tasks).forEach(toggle));
}

function completedStatus(db: Db, task: Task) {
  return db.statuses(task.project_id).find((one) => one.category === 'completed');
}
