/** A day and a time that somebody types in the palette, read as quick add reads them. */
import { editAll } from '../actions/many.ts';
import { formatDay, today } from '../domain/dates.ts';
import { parseQuickAdd } from '../domain/quickadd/index.ts';
import type { Task } from '../domain/types.ts';
import type { Choice } from './choices.ts';
import type { Hands } from './hands.ts';

/** Null where the words are no day. */
export function typedDue({ app, db, bench }: Hands, tasks: readonly Task[], words: string): Choice | null {
  const profile = db.profile();
  const now = today(profile?.time_zone);
  const clock = new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    ...(profile && { timeZone: profile.time_zone }),
  });
  const { title, due_date, due_time, due_zone } = parseQuickAdd(words, {
    locale: app.i18n.locale,
    today: now,
    time: clock.format(new Date()),
    zone: profile?.time_zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    weekStart: profile?.week_start ?? 1,
    projects: [],
    people: [],
    labels: [],
  });
  if (title !== '' || due_date === null) return null;
  return {
    id: 'typed',
    name: words.trim(),
    hint: [formatDay(due_date, app.i18n.locale, now), due_time].filter(Boolean).join(' '),
    run: () => {
      if (due_time) editAll(db, tasks, { due_date, due_time, due_zone });
      else void bench.edits.due(tasks, due_date);
    },
  };
}
