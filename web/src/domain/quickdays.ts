/** The days that menus offer first, each once. Pure. */
import { addDays, nextWeekday, type Day } from './dates.ts';

export interface QuickDay {
  readonly name: 'date.today' | 'date.tomorrow' | 'date.next_monday' | 'date.next_week';
  readonly day: Day;
}

export function quickDays(today: Day): readonly QuickDay[] {
  const days: readonly QuickDay[] = [
    { name: 'date.today', day: today },
    { name: 'date.tomorrow', day: addDays(today, 1) },
    { name: 'date.next_monday', day: nextWeekday(today, 1) },
    { name: 'date.next_week', day: addDays(today, 7) },
  ];
  // On Mondays, and the day before, some are the same.
  return days.filter(({ day }, place) => days.findIndex((one) => one.day === day) === place);
}
