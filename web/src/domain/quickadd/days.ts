/** Which day a phrase means. Days are counted from 1970-01-01, so that they can be added to. */
import type { Day } from '../dates.ts';
import type { Value } from './grammar.ts';

export interface Calendar {
  readonly today: number;
  /** Since midnight. */
  readonly minutes: number;
  readonly weekStart: number;
  readonly monthFirst: boolean;
}

/** A day, and the minute of it where the phrase says it. */
export interface Moment {
  readonly day: number;
  readonly minutes?: number;
}

type Action = (calendar: Calendar, ...values: Value[]) => number | Moment | null;

const LAST_YEAR = 2200;
const DAY = 86_400_000;

export function toDay(day: number): Day {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

export function fromDay(day: Day): number {
  return Date.parse(day) / DAY;
}

export function weekdayOf(day: number): number {
  return (((day + 4) % 7) + 7) % 7;
}

/** Year, month (1 to 12) and day of the month. */
export function partsOf(day: number): [number, number, number] {
  const date = new Date(day * DAY);
  return [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
}

/** The first of the month that lies so many months after the one of `day`. */
function firstOfMonth(day: number, months: number): number {
  const [year, month] = partsOf(day);
  return Date.UTC(year, month - 1 + months) / DAY;
}

export function daysInMonth(day: number): number {
  return firstOfMonth(day, 1) - firstOfMonth(day, 0);
}

/** So many days, weeks, months, quarters or years later; a month that is too short gives its last day. */
export function later(day: number, count: number, unit: Value): number {
  if (unit === 'd' || unit === 'w') return day + count * (unit === 'w' ? 7 : 1);
  const first = firstOfMonth(day, count * (unit === 'q' ? 3 : unit === 'y' ? 12 : 1));
  return first + Math.min(partsOf(day)[2], daysInMonth(first)) - 1;
}

/** Null when there is no such day. */
function exact(year: number, month: number, day: number): number | null {
  const found = Date.UTC(year, month - 1, day) / DAY;
  return partsOf(found)[1] === month && partsOf(found)[2] === day ? found : null;
}

/** That day of that year, or of the first year in which it still lies ahead. What has been is no plan. */
function ahead({ today }: Calendar, year: Value, month: Value, day: Value): number | null {
  const [thisYear] = partsOf(today);
  const given = year === undefined ? undefined : Number(year) < 100 ? 2000 + Number(year) : Number(year);
  const years = given === undefined ? [0, 1, 2, 3, 4, 5, 6, 7, 8].map((more) => thisYear + more) : [given];
  const found = years.map((one) => exact(one, Number(month), Number(day)));
  return found.find((one) => one !== null && one >= today) ?? null;
}

function startOfWeek(day: number, { weekStart }: Calendar): number {
  return day - ((weekdayOf(day) - weekStart + 7) % 7);
}

/** In the week that lies so many weeks after this one. */
function weekdayIn(calendar: Calendar, weeks: number, weekday: Value): number {
  return startOfWeek(calendar.today, calendar) + 7 * weeks + ((Number(weekday) - calendar.weekStart + 7) % 7);
}

/** The next such weekday, `first` days from now or later. */
function coming({ today }: Calendar, weekday: Value, first: number): number {
  return today + first + ((Number(weekday) - weekdayOf(today + first) + 7) % 7);
}

function soon({ today, minutes }: Calendar, more: number): Moment {
  const sum = minutes + more;
  return { day: today + Math.floor(sum / 1440), minutes: sum % 1440 };
}

function startOfNext(calendar: Calendar, unit: Value): number {
  const { today } = calendar;
  if (unit === 'w') return startOfWeek(today, calendar) + 7;
  const months = (partsOf(today)[1] - 1) % 12;
  return firstOfMonth(today, unit === 'm' ? 1 : unit === 'q' ? 3 - (months % 3) : 12 - months);
}

function partOfMonth(calendar: Calendar, part: Value, month: Value, year: Value): number | null {
  if (part !== -1) return ahead(calendar, year, month, part);
  const [thisYear] = partsOf(calendar.today);
  const last = (one: number): number => Date.UTC(one, Number(month)) / DAY - 1;
  const found = year === undefined ? [thisYear, thisYear + 1].map(last) : [last(Number(year))];
  return found.find((day) => day >= calendar.today) ?? null;
}

/** Its first day, a day about its middle, or its last; of a week Monday, Wednesday or Friday. */
function inNextPeriod(calendar: Calendar, part: Value, unit: Value): number {
  if (unit === 'w') return weekdayIn(calendar, 1, part === 1 ? 1 : part === 15 ? 3 : 5);
  const start = startOfNext(calendar, unit);
  if (part === -1) return later(start, 1, unit) - 1;
  return part === 1 ? start : middle(start, unit);
}

function middle(start: number, unit: Value): number {
  return unit === 'y' ? firstOfMonth(start, 6) : firstOfMonth(start, unit === 'q' ? 1 : 0) + 14;
}

/** Of this week, month, quarter or year, or of the next when it has passed. */
function middleOf(calendar: Calendar, unit: Value): number {
  if (unit === 'w') return coming(calendar, 3, 0);
  const next = startOfNext(calendar, unit);
  const found = middle(later(next, -1, unit), unit);
  return found >= calendar.today ? found : middle(next, unit);
}

/** Its first day, or today while it lasts. */
function month(calendar: Calendar, wanted: Value, year: Value): number | null {
  const [thisYear, thisMonth] = partsOf(calendar.today);
  if (wanted === thisMonth && (year === undefined || year === thisYear)) return calendar.today;
  return ahead(calendar, year, wanted, 1);
}

function workdaysAfter({ today }: Calendar, count: Value = 1): number {
  let day = today;
  for (let left = Number(count); left > 0; left -= weekdayOf(day) % 6 === 0 ? 0 : 1) day += 1;
  return day;
}

function dayOfMonth({ today }: Calendar, day: Value): number | null {
  for (let month = 0; month < 12; month += 1) {
    const first = firstOfMonth(today, month);
    const found = first + Number(day) - 1;
    if (found >= today && Number(day) <= daysInMonth(first)) return found;
  }
  return null;
}

const ACTIONS: Readonly<Record<string, Action>> = {
  relative: ({ today }, days) => today + Number(days),
  todayAt: ({ today }, hour) => ({ day: today, minutes: Number(hour) * 60 }),
  after: ({ today }, count, unit) => later(today, Number(count), unit),
  relativeAfter: ({ today }, days, count, unit) => later(today + Number(days), Number(count), unit),
  soon: (calendar, count, unit) => soon(calendar, Number(count) * Number(unit)),
  soonMinutes: (calendar, minutes) => soon(calendar, Number(minutes)),
  workdaysAfter,
  afterWeekday: (calendar, count, unit, weekday) => later(coming(calendar, weekday, 1), Number(count), unit),
  weekday: (calendar, weekday) => coming(calendar, weekday, 1),
  weekdayAt: (calendar, weekday, hour) => ({ day: coming(calendar, weekday, 1), minutes: Number(hour) * 60 }),
  weekdayThis: (calendar, weekday) => coming(calendar, weekday, 0),
  weekdayNext: (calendar, weekday) => weekdayIn(calendar, 1, weekday),
  weekdayAfter: (calendar, weekday, count, unit) => (unit === 'w' ? weekdayIn(calendar, Number(count), weekday) : null),
  nextPeriod: startOfNext,
  weekend: (calendar) => (weekdayOf(calendar.today) === 0 ? calendar.today : coming(calendar, 6, 0)),
  nextWeekend: (calendar) => weekdayIn(calendar, 1, 6),
  endOf: (calendar, unit) => (unit === 'w' ? coming(calendar, 5, 0) : startOfNext(calendar, unit) - 1),
  inNextPeriod,
  middleOf,
  month,
  inMonth: partOfMonth,
  ymd: ahead,
  dmy: (calendar, day, month, year) => ahead(calendar, year, month, day),
  mdy: (calendar, month, day, year) => ahead(calendar, year, month, day),
  slash: (calendar, a, b, year) => (calendar.monthFirst ? ahead(calendar, year, a, b) : ahead(calendar, year, b, a)),
  dayOfMonth,
};

/** The day that a phrase means on this calendar; null when there is none. */
export function momentOf(action: string, values: readonly Value[], calendar: Calendar): Moment | null {
  const found = ACTIONS[action]?.(calendar, ...values) ?? null;
  const moment = typeof found === 'number' ? { day: found } : found;
  return moment && partsOf(moment.day)[0] <= LAST_YEAR ? moment : null;
}
