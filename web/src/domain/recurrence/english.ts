/** The phrases of recurrence in English. */
import type { Phrases } from './sentence.ts';

const UNITS = { DAILY: 'day', WEEKLY: 'week', MONTHLY: 'month', YEARLY: 'year' } as const;
const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
];
const FIRST = ['first', 'second', 'third', 'fourth', 'fifth'];

export const english: Phrases = {
  afterCompletion: (days) => (days === 1 ? '1 day after completion' : `${days} days after completion`),
  every: (frequency, interval) =>
    interval === 1 ? `every ${UNITS[frequency]}` : `every ${interval} ${UNITS[frequency]}s`,
  everyWorkday: () => 'every weekday',
  weekdays: (weekdays) => `on ${joined(weekdays.map((weekday) => WEEKDAYS[weekday] ?? ''))}`,
  numberedDays: (days) => `on ${joined(days.map((day) => `${which(day.ordinal)} ${WEEKDAYS[day.weekday]}`))}`,
  monthDays: (days) => `on ${joined(days.map((day) => (day > 0 ? `the ${nth(day)}` : `the ${fromEnd(day)} day`)))}`,
  dayOfYear: (month, day) => `on ${MONTHS[month - 1]} ${day}`,
  months: (months) => `in ${joined(months.map((month) => MONTHS[month - 1] ?? ''))}`,
  only: (phrase) => `only ${phrase}`,
  chosenWorkday: (number) => `on ${which(number)} weekday`,
  chosen: (numbers) => `only ${joined(numbers.map(which))} of these days`,
  times: (count) => (count === 1 ? 'once' : `${count} times`),
  until: (year, month, day) => `until ${MONTHS[month - 1]} ${day}, ${year}`,
};

/** "every" for 0, else "the second" or "the second-to-last". */
function which(number: number): string {
  if (number === 0) return 'every';
  if (number < 0) return `the ${fromEnd(number)}`;
  return `the ${FIRST[number - 1] ?? nth(number)}`;
}

function fromEnd(number: number): string {
  return number === -1 ? 'last' : `${FIRST[-number - 1] ?? nth(-number)}-to-last`;
}

function nth(number: number): string {
  if ([11, 12, 13].includes(number % 100)) return `${number}th`;
  return `${number}${['th', 'st', 'nd', 'rd'][number % 10] ?? 'th'}`;
}

function joined(items: readonly string[]): string {
  if (items.length < 3) return items.join(' and ');
  return `${items.slice(0, -1).join(', ')}, and ${items.at(-1) ?? ''}`;
}
