/** A reminder in words: `1 hour before`, or its moment. */
import type { App } from '../app/app.svelte.ts';
import { formatInstant } from '../domain/dates.ts';
import type { Reminder } from '../domain/types.ts';

export function reminderName(app: App, reminder: Reminder): string {
  if (reminder.minutes_before === null) return formatInstant(reminder.at ?? '', app.i18n.locale);
  const named = `remind.m${reminder.minutes_before}`;
  if (app.i18n.has(named)) return app.t(named);
  return app.t('remind.minutes', { count: reminder.minutes_before });
}
