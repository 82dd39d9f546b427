/** One's own reminders about a task. */
import type { Db } from '../app/db.svelte.ts';
import { reminderMoment } from '../domain/reminding.ts';
import type { Reminder, Task } from '../domain/types.ts';
import { uuid7 } from '../sync/uuid.ts';
import { creationOf, deletionOf } from './effects.ts';

/** When to be reminded: at a moment (with its offset), or so many minutes before the task is due. */
export type When = { readonly at: string } | { readonly minutes_before: number };

export function addReminder(db: Db, task: Task, when: When): void {
  const id = uuid7();
  const told = { at: null, minutes_before: null, ...when };
  const moment = reminderMoment(told, task, db.profile()?.time_zone);
  const fields = {
    ...told,
    task_id: task.id,
    fires_at: moment?.toISOString() ?? null,
    created_at: new Date().toISOString(),
  };
  void db.write({
    method: 'POST',
    path: `/tasks/${task.id}/reminders`,
    body: { id, ...when },
    effects: [creationOf('reminder', id, { stream: task.stream, scope: `person:${db.me}` }, fields)],
  });
}

export function removeReminder(db: Db, reminder: Reminder): void {
  const effects = [deletionOf('reminder', reminder)];
  void db.write({ method: 'DELETE', path: `/reminders/${reminder.id}`, effects });
}
