/** Which repetition a phrase means: the part of RFC 5545 that people say, or days after completion. */
import { daysInMonth, partsOf, weekdayOf } from './days.ts';
import type { Grammar, Value } from './grammar.ts';

export interface Repeat {
  readonly frequency: 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY';
  readonly interval: number;
  /** 0 Sunday to 6 Saturday. */
  readonly weekdays: readonly number[];
  /** Which of these weekdays of a month: 1 to 4, or -1 for the last; 0 for every one. */
  readonly ordinal: number;
  /** -1 is the last day of the month. */
  readonly monthDays: readonly number[];
  readonly month: number;
  /** Days after completion, instead of a rule. */
  readonly after: number;
  /** Since midnight, where the phrase says it. */
  readonly minutes?: number;
}

type Action = (grammar: Grammar, ...values: Value[]) => Partial<Repeat>;

const NAMES = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];
const DAYS: Readonly<Record<string, number>> = { d: 1, w: 7, m: 30, q: 91, y: 365 };
const FREQUENCIES: Readonly<Record<string, Partial<Repeat>>> = {
  d: { frequency: 'DAILY' },
  w: { frequency: 'WEEKLY' },
  m: { frequency: 'MONTHLY' },
  q: { frequency: 'MONTHLY' },
  y: { frequency: 'YEARLY' },
  k: { frequency: 'WEEKLY', weekdays: [1, 2, 3, 4, 5] },
  e: { frequency: 'WEEKLY', weekdays: [6] },
};
const MONTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function every(unit: Value, count: number): Partial<Repeat> {
  return { ...FREQUENCIES[String(unit)], interval: count * (unit === 'q' ? 3 : 1) };
}

function afterDone(count: Value, unit: Value): Partial<Repeat> {
  return { after: Number(count) * (DAYS[String(unit)] ?? 0) };
}

/** Monday first, as rules list them. */
function listed(grammar: Grammar, list: Value): number[] {
  const known = String(list)
    .split(/[ ,&]+/)
    .map((word) => grammar.meaning('wdlisted', word));
  const days = new Set(known.filter((day) => day !== undefined).map(Number));
  return [1, 2, 3, 4, 5, 6, 0].filter((day) => days.has(day));
}

function numbersIn(days: Value): number[] {
  const numbers = (String(days).match(/[0-9]+/g) ?? []).map(Number);
  return [...new Set(numbers)].sort((a, b) => a - b);
}

function yearly(month: Value, day: Value): Partial<Repeat> {
  const exists = Number(day) <= (MONTHS[Number(month) - 1] ?? 0);
  return exists ? { frequency: 'YEARLY', month: Number(month), monthDays: [Number(day)] } : { interval: 0 };
}

const ACTIONS: Readonly<Record<string, Action>> = {
  every: (_, bang, count, unit, done) => (bang || done ? afterDone(count ?? 1, unit) : every(unit, Number(count ?? 1))),
  afterDone: (_, count, unit) => afterDone(count, unit),
  everyDays: (grammar, interval, list) => ({
    frequency: 'WEEKLY',
    interval: Number(interval || 1),
    weekdays: listed(grammar, list),
  }),
  everyWeeksOn: (grammar, interval, list) => ({
    frequency: 'WEEKLY',
    interval: Number(interval ?? 1),
    weekdays: listed(grammar, list),
  }),
  everyRange: (_, first, last) => ({
    frequency: 'WEEKLY',
    weekdays: [1, 2, 3, 4, 5, 6, 0].filter(
      (day) => (day - Number(first) + 7) % 7 <= (Number(last) - Number(first) + 7) % 7,
    ),
  }),
  everyDayAt: (_, weekday, hour) => ({
    frequency: 'WEEKLY',
    weekdays: [Number(weekday)],
    minutes: Number(hour) * 60,
  }),
  nthWeekday: (_, ordinal, weekday) => ({
    frequency: 'MONTHLY',
    ordinal: Number(ordinal),
    weekdays: [Number(weekday)],
  }),
  monthDay: (_, day) => ({ frequency: 'MONTHLY', monthDays: [Number(day)] }),
  monthDays: (_, days) => ({ frequency: 'MONTHLY', monthDays: numbersIn(days) }),
  monthsDay: (_, interval, day) => ({ frequency: 'MONTHLY', interval: Number(interval), monthDays: [Number(day)] }),
  lastDay: () => ({ frequency: 'MONTHLY', monthDays: [-1] }),
  yearDay: (_, day, month) => yearly(month, day),
  yearDate: (_, month, day) => yearly(month, day),
  fixed: (_, code) => every(String(code).charAt(0), Number(String(code).slice(1))),
  everyPart: (_, hour) => ({ frequency: 'DAILY', minutes: Number(hour) * 60 }),
};

const NONE: Repeat = {
  frequency: 'DAILY',
  interval: 1,
  weekdays: [],
  ordinal: 0,
  monthDays: [],
  month: 0,
  after: 0,
};

/** Null when the server would refuse it. */
export function repeatOf(action: string, values: readonly Value[], grammar: Grammar): Repeat | null {
  const found: Repeat = { ...NONE, ...ACTIONS[action]?.(grammar, ...values) };
  const isRule = found.interval >= 1 && found.interval <= 999;
  return isRule && found.after <= 3650 && (found.after > 0 || action !== 'afterDone') ? found : null;
}

/** As RFC 5545 writes it and the server spells it; `limit` is `COUNT=…` or `UNTIL=…`. */
export function ruleText(repeat: Repeat, limit: string): string {
  const days = repeat.weekdays.map((day) => `${repeat.ordinal || ''}${NAMES[day] ?? ''}`).join(',');
  return [
    `FREQ=${repeat.frequency}`,
    repeat.interval > 1 && `INTERVAL=${repeat.interval}`,
    limit,
    repeat.month && `BYMONTH=${repeat.month}`,
    repeat.monthDays.length > 0 && `BYMONTHDAY=${repeat.monthDays.join(',')}`,
    days && `BYDAY=${days}`,
  ]
    .filter(Boolean)
    .join(';');
}

function fits(repeat: Repeat, day: number): boolean {
  const [, month, monthDay] = partsOf(day);
  const length = daysInMonth(day);
  if (repeat.month && repeat.month !== month) return false;
  const { monthDays } = repeat;
  if (monthDays.length > 0 && !monthDays.some((day) => (day > 0 ? day : length) === monthDay)) return false;
  if (repeat.weekdays.length > 0 && !repeat.weekdays.includes(weekdayOf(day))) return false;
  if (repeat.ordinal < 0) return monthDay + 7 > length;
  return repeat.ordinal === 0 || Math.ceil(monthDay / 7) === repeat.ordinal;
}

/** The first day of the repetition that is not before `from`. */
export function firstDay(repeat: Repeat, from: number): number {
  let day = from;
  while (!fits(repeat, day)) day += 1;
  return day;
}
