/** When reminders fire. */
import type { Reminder, Task } from './types.ts';
import { instant } from './walltime.ts';

/** When a task that is due on a day counts as due for reminders, where the person is. */
const MORNING = '09:00';

/** The moment of a reminder; null when the task is not due. */
export function reminderMoment(
  reminder: Pick<Reminder, 'at' | 'minutes_before'>,
  task: Pick<Task, 'due_date' | 'due_time' | 'due_zone'>,
  zone: string | undefined,
): Date | null {
  if (reminder.at !== null) return new Date(reminder.at);
  if (task.due_date === null || reminder.minutes_before === null) return null;
  const here = zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const due = instant(task.due_date, task.due_time?.slice(0, 5) ?? MORNING, task.due_zone ?? here);
  return new Date(due.getTime() - reminder.minutes_before * 60_000);
}
