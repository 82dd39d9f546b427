/** Everything that can be done to tasks: each is one queued write with the effect that is shown at once. */
import type { Db } from '../app/db.svelte.ts';
import type { Basis } from '../app/drafts.ts';
import { isClosed } from '../domain/closure.ts';
import { between, FIRST, PositionExhausted } from '../domain/position.ts';
import { byPosition } from '../domain/order.ts';
import type { Priority, Project, Status, Task } from '../domain/types.ts';
import type { Effect, Fields } from '../sync/types.ts';
import { uuid7 } from '../sync/uuid.ts';
import { creationOf, updateOf } from './effects.ts';
import { basisFields } from './texts.ts';

export interface NewTask {
  readonly title: string;
  readonly description?: string;
  readonly parent_id?: string | null;
  readonly status?: string;
  readonly priority?: Priority;
  readonly start_date?: string | null;
  readonly due_date?: string | null;
  readonly due_time?: string | null;
  readonly due_zone?: string | null;
  readonly estimate_minutes?: number | null;
  readonly recurrence?: Task['recurrence'];
  readonly assignee_ids?: readonly string[];
  readonly label_ids?: readonly string[];
  /** At the end when left out. */
  readonly position?: string;
}

/** The id of the new task. */
export function createTask(db: Db, project: Project, wanted: NewTask): string {
  const id = uuid7();
  const status = db.statuses(project.id).find((one) => one.key === wanted.status) ?? firstOpenStatus(db, project.id);
  const body = {
    id,
    workspace_id: project.workspace_id,
    project_id: project.id,
    title: wanted.title,
    description: wanted.description ?? '',
    parent_id: wanted.parent_id ?? null,
    ...(status && { status: status.key }),
    priority: wanted.priority ?? 'none',
    start_date: wanted.start_date ?? null,
    due_date: wanted.due_date ?? null,
    due_time: wanted.due_time ?? null,
    due_zone: wanted.due_zone ?? null,
    estimate_minutes: wanted.estimate_minutes ?? null,
    recurrence: wanted.recurrence ?? null,
    assignee_ids: wanted.assignee_ids ?? [],
    label_ids: wanted.label_ids ?? [],
    position: wanted.position ?? lastPosition(db.tasksOf(project.id)),
  };
  const now = new Date().toISOString();
  const fields: Fields = {
    ...body,
    status: status?.key ?? 'todo',
    status_category: status?.category ?? 'todo',
    completed_at: null,
    trashed_at: null,
    created_by: db.me,
    created_at: now,
    updated_at: now,
  };
  const place = { stream: project.stream, scope: `project:${project.id}` };
  void db.write({ method: 'POST', path: '/tasks', body, effects: [creationOf('task', id, place, fields)] });
  return id;
}

/** Changes plain fields: title, priority, dates, people, labels. */
export function updateTask(db: Db, task: Task, changes: Fields): void {
  void db.write({ method: 'PATCH', path: `/tasks/${task.id}`, body: changes, effects: [effectOf(task, changes)] });
}

/** What the server made of a description that was edited while others edited it too. */
export type Merge = 'merged' | 'conflict' | null;

/** Long text carries `base`, what was edited, so that the server can merge. */
export function describeTask(
  db: Db,
  task: Task,
  description: string,
  base: Basis,
  told: (merge: Merge) => void = () => undefined,
): Promise<void> {
  return db.write({
    method: 'PATCH',
    path: `/tasks/${task.id}`,
    body: { description, ...basisFields(base, 'description') },
    effects: [effectOf(task, { description })],
    answered: (answer) => told((answer as { merge?: Merge } | null)?.merge ?? null),
  });
}

export function setStatus(db: Db, task: Task, status: Status): void {
  if (status.key === task.status) return;
  const effects = [effectOf(task, statusFields(status))];
  void db.write({ method: 'PATCH', path: `/tasks/${task.id}`, body: { status: status.key }, effects });
}

/** Completes an open task, or opens a closed one again. */
export async function toggleDone(db: Db, task: Task): Promise<void> {
  const statuses = db.statuses(task.project_id);
  const done = isClosed(task);
  const status = done ? firstOpenStatus(db, task.project_id) : statuses.find((one) => one.category === 'completed');
  if (!status) return;
  const effects = [effectOf(task, statusFields(status))];
  const path = `/tasks/${task.id}/closure`;
  await db.write(done ? { method: 'DELETE', path, effects } : { method: 'PUT', path, body: {}, effects });
}

/** Puts a task between two others, into a column if one is given. Its new position, where there was room for one. */
export function moveTask(
  db: Db,
  task: Task,
  place: { after: Task | null; before: Task | null; status?: Status },
): string | null {
  const { after, before, status } = place;
  const position = positionBetween(after, before);
  const changed = status && status.key !== task.status ? status : undefined;
  // Where there is no room, the server makes some.
  const body = { ...(position ? { position } : { after_id: after?.id }), ...(changed && { status: changed.key }) };
  const fields = { position: position ?? after?.position, ...(changed && statusFields(changed)) };
  void db.write({ method: 'PUT', path: `/tasks/${task.id}/position`, body, effects: [effectOf(task, fields)] });
  return position;
}

export function trashTask(db: Db, task: Task): void {
  const effects = [effectOf(task, { trashed_at: new Date().toISOString() })];
  void db.write({ method: 'DELETE', path: `/tasks/${task.id}`, effects });
}

export function restoreTask(db: Db, task: Task): void {
  const effects = [effectOf(task, { trashed_at: null })];
  void db.write({ method: 'PUT', path: `/tasks/${task.id}/restoration`, body: {}, effects });
}

export function toggleAssignee(db: Db, task: Task, userId: string): void {
  toggleLink(db, task, 'assignee_ids', 'assignees', userId);
}

export function toggleLabel(db: Db, task: Task, labelId: string): void {
  toggleLink(db, task, 'label_ids', 'labels', labelId);
}

/** `OPS-142`; null until the server has given a number. */
export function keyOfTask(db: Db, task: Task): string | null {
  const project = db.project(task.project_id);
  return project && task.number !== undefined ? `${project.key}-${task.number}` : null;
}

function toggleLink(db: Db, task: Task, field: 'assignee_ids' | 'label_ids', segment: string, id: string): void {
  const has = task[field].includes(id);
  const ids = has ? task[field].filter((one) => one !== id) : [...task[field], id];
  const path = `/tasks/${task.id}/${segment}/${id}`;
  void db.write({ method: has ? 'DELETE' : 'PUT', path, effects: [effectOf(task, { [field]: ids })] });
}

export function statusFields(status: Status, task?: Task): Fields {
  return {
    status: status.key,
    status_category: status.category,
    completed_at: status.category === 'completed' ? (task?.completed_at ?? new Date().toISOString()) : null,
  };
}

export function firstOpenStatus(db: Db, projectId: string): Status | undefined {
  const statuses = db.statuses(projectId);
  return statuses.find((one) => one.category === 'todo') ?? statuses[0];
}

export function effectOf(task: Task, fields: Fields): Effect {
  return updateOf('task', task, fields);
}

function lastPosition(tasks: readonly Task[]): string {
  const last = byPosition(tasks).at(-1);
  return last ? between(last.position, null) : FIRST;
}

/** Null when the two have equal positions, which leaves no room. */
function positionBetween(after: Task | null, before: Task | null): string | null {
  try {
    return between(after?.position ?? null, before?.position ?? null);
  } catch (error) {
    if (error instanceof PositionExhausted) return null;
    throw error;
  }
}
