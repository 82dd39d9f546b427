/** The phrases of recurrence in German. */
import type { Phrases } from './sentence.ts';

const ONE = { DAILY: 'jeden Tag', WEEKLY: 'jede Woche', MONTHLY: 'jeden Monat', YEARLY: 'jedes Jahr' } as const;
const MANY = { DAILY: 'Tage', WEEKLY: 'Wochen', MONTHLY: 'Monate', YEARLY: 'Jahre' } as const;
const WEEKDAYS = ['Montag', 'Dienstag', 'Mittwoch', 'Donnerstag', 'Freitag', 'Samstag', 'Sonntag'];
const MONTHS = [
  ...['Januar', 'Februar', 'März', 'April', 'Mai', 'Juni'],
  ...['Juli', 'August', 'September', 'Oktober', 'November', 'Dezember'],
];
const FIRST = ['ersten', 'zweiten', 'dritten', 'vierten', 'fünften'];
const LAST = ['letzten', 'vorletzten', 'drittletzten', 'viertletzten', 'fünftletzten'];

export const german: Phrases = {
  afterCompletion: (days) => (days === 1 ? '1 Tag nach Abschluss' : `${days} Tage nach Abschluss`),
  every: (frequency, interval) => (interval === 1 ? ONE[frequency] : `alle ${interval} ${MANY[frequency]}`),
  everyWorkday: () => 'jeden Tag von Montag bis Freitag',
  weekdays: (weekdays) => `am ${joined(weekdays.map((weekday) => WEEKDAYS[weekday] ?? ''))}`,
  numberedDays: (days) => joined(days.map((day) => `${which(day.ordinal)} ${WEEKDAYS[day.weekday]}`)),
  monthDays: (days) => `am ${joined(days.map((day) => (day > 0 ? `${day}.` : `${fromEnd(day)} Tag`)))}`,
  dayOfYear: (month, day) => `am ${day}. ${MONTHS[month - 1]}`,
  months: (months) => `im ${joined(months.map((month) => MONTHS[month - 1] ?? ''))}`,
  only: (phrase) => `nur ${phrase}`,
  chosenWorkday: (number) => `${which(number)} Werktag (Montag bis Freitag)`,
  chosen: (numbers) => `nur ${joined(numbers.map(which))} dieser Tage`,
  times: (count) => (count === 1 ? 'einmal' : `${count}-mal`),
  until: (year, month, day) => `bis ${day}. ${MONTHS[month - 1]} ${year}`,
};

/** "an jedem" for 0, else "am zweiten" or "am vorletzten". */
function which(number: number): string {
  if (number === 0) return 'an jedem';
  if (number < 0) return `am ${fromEnd(number)}`;
  return `am ${FIRST[number - 1] ?? `${number}.`}`;
}

function fromEnd(number: number): string {
  return LAST[-number - 1] ?? `${-number}.-letzten`;
}

function joined(items: readonly string[]): string {
  return items.length < 3 ? items.join(' und ') : `${items.slice(0, -1).join(', ')} und ${items.at(-1) ?? ''}`;
}
