/** A month as a calendar shows it, and where its keys lead. */
import { addDays, weekday, type Day } from './dates.ts';

/** The weeks that a month touches, from `weekStart` (0 Sunday to 6 Saturday) on. */
export function weeksOf(day: Day, weekStart: number): readonly (readonly Day[])[] {
  const first = `${day.slice(0, 7)}-01`;
  const start = addDays(first, -((weekday(first) - weekStart + 7) % 7));
  const weeks: Day[][] = [];
  for (let week = start; week.slice(0, 7) <= day.slice(0, 7); week = addDays(week, 7)) {
    weeks.push(Array.from({ length: 7 }, (_, index) => addDays(week, index)));
  }
  return weeks;
}

/** So many months later, on the same day or the month's last. */
export function addMonths(day: Day, months: number): Day {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}

/** Where a key leads from a day (the ARIA pattern of date grids); null for other keys. */
export function dayByKey(
  day: Day,
  key: string,
  options: { readonly shift: boolean; readonly weekStart: number; readonly rightToLeft: boolean },
): Day | null {
  const ahead = options.rightToLeft ? -1 : 1;
  const intoWeek = (weekday(day) - options.weekStart + 7) % 7;
  switch (key) {
    case 'ArrowRight':
      return addDays(day, ahead);
    case 'ArrowLeft':
      return addDays(day, -ahead);
    case 'ArrowDown':
      return addDays(day, 7);
    case 'ArrowUp':
      return addDays(day, -7);
    case 'Home':
      return addDays(day, -intoWeek);
    case 'End':
      return addDays(day, 6 - intoWeek);
    case 'PageDown':
      return addMonths(day, options.shift ? 12 : 1);
    case 'PageUp':
      return addMonths(day, options.shift ? -12 : -1);
    default:
      return null;
  }
}
