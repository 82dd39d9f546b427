/**
 * The days on which a rule falls: period by period (day, week, month or year) from the one that is asked for, as the
 * server finds them.
 */
import { civil, monthLength, numberOfCivil, weekdayOf } from './calendar.ts';
import { LAST_YEAR, type Frequency, type Rule } from './rule.ts';

/** So many periods in a row without a day end the search; the server says why. */
const MAX_EMPTY_PERIODS: Readonly<Record<Frequency, number>> = {
  DAILY: 15_000,
  WEEKLY: 2200,
  MONTHLY: 500,
  YEARLY: 42,
};
const LAST = numberOfCivil(LAST_YEAR, 12, 31);

/** The days later than `after` of the series from `start` on, in order. COUNT and UNTIL are left to the caller. */
export function* daysAfter(rule: Rule, start: number, after: number): Generator<number> {
  const first = periodOf(rule, start);
  const skipped = Math.max(0, Math.floor((periodOf(rule, after) - first) / rule.interval));
  const last = periodOf(rule, LAST);
  let empty = 0;
  for (let period = first + skipped * rule.interval; period <= last; period += rule.interval) {
    if (empty >= MAX_EMPTY_PERIODS[rule.frequency]) return;
    empty += 1;
    for (const day of chosen(rule, daysIn(rule, period, start))) {
      if (day <= after || day > LAST) continue;
      empty = 0;
      yield day;
    }
  }
}

/** The number of the period that `day` lies in: consecutive for consecutive days, weeks, months or years. */
function periodOf(rule: Rule, day: number): number {
  switch (rule.frequency) {
    case 'DAILY':
      return day;
    case 'WEEKLY':
      // The week of 1969-12-29, a Monday, is number 0.
      return Math.floor((day + 3 - rule.weekStart) / 7);
    case 'MONTHLY': {
      const { year, month } = civil(day);
      return year * 12 + month - 1;
    }
    case 'YEARLY':
      return civil(day).year;
  }
}

/** The days that the rule names in a period, in order. */
function daysIn(rule: Rule, period: number, start: number): readonly number[] {
  switch (rule.frequency) {
    case 'DAILY':
      return allowed(rule, period) ? [period] : [];
    case 'WEEKLY':
      return daysInWeek(rule, period * 7 - 3 + rule.weekStart, start);
    case 'MONTHLY':
      return daysInMonth(rule, Math.floor(period / 12), (period % 12) + 1, start);
    case 'YEARLY':
      return daysInYear(rule, period, start);
  }
}

function allowed(rule: Rule, number: number): boolean {
  const { year, month, day } = civil(number);
  if (rule.byMonth.length > 0 && !rule.byMonth.includes(month)) return false;
  if (rule.byDay.length > 0 && !rule.byDay.some(({ weekday }) => weekday === weekdayOf(number))) return false;
  return rule.byMonthDay.length === 0 || monthDays(rule, year, month).has(day);
}

function daysInWeek(rule: Rule, first: number, start: number): readonly number[] {
  const named = rule.byDay.map(({ weekday }) => weekday);
  const weekdays = named.length > 0 ? named : [weekdayOf(start)];
  const week = Array.from({ length: 7 }, (_, index) => first + index);
  const inMonth = (day: number): boolean => rule.byMonth.length === 0 || rule.byMonth.includes(civil(day).month);
  return week.filter((day) => weekdays.includes(weekdayOf(day)) && inMonth(day));
}

function daysInMonth(rule: Rule, year: number, month: number, start: number): readonly number[] {
  if (rule.byMonth.length > 0 && !rule.byMonth.includes(month)) return [];
  const length = monthLength(year, month);
  const first = numberOfCivil(year, month, 1);
  if (rule.byMonthDay.length === 0 && rule.byDay.length === 0) {
    const { day } = civil(start);
    return day <= length ? [first + day - 1] : [];
  }
  const everyDay = Array.from({ length }, (_, index) => index + 1);
  let days = rule.byMonthDay.length > 0 ? [...monthDays(rule, year, month)] : everyDay;
  if (rule.byDay.length > 0) {
    const named = weekdays(rule, first, length);
    days = days.filter((day) => named.has(first + day - 1));
  }
  return days.sort((a, b) => a - b).map((day) => first + day - 1);
}

function daysInYear(rule: Rule, year: number, start: number): readonly number[] {
  if (rule.byDay.length > 0 && rule.byMonth.length === 0) {
    const first = numberOfCivil(year, 1, 1);
    const days = [...weekdays(rule, first, numberOfCivil(year, 12, 31) - first + 1)].sort((a, b) => a - b);
    return days.filter((number) => {
      const { month, day } = civil(number);
      return rule.byMonthDay.length === 0 || monthDays(rule, year, month).has(day);
    });
  }
  const everyMonth = Array.from({ length: 12 }, (_, index) => index + 1);
  const open = rule.byMonthDay.length > 0 ? everyMonth : [civil(start).month];
  const months = rule.byMonth.length > 0 ? rule.byMonth : open;
  return months.flatMap((month) => daysInMonth(rule, year, month, start));
}

/** The days of a month that BYMONTHDAY names, counted from its end where negative. */
function monthDays(rule: Rule, year: number, month: number): ReadonlySet<number> {
  const length = monthLength(year, month);
  const days = rule.byMonthDay.map((day) => (day > 0 ? day : length + 1 + day));
  return new Set(days.filter((day) => day >= 1 && day <= length));
}

/** The days that BYDAY names in a month or year of `length` days from `first` on. */
function weekdays(rule: Rule, first: number, length: number): ReadonlySet<number> {
  const found = new Set<number>();
  for (const { weekday, ordinal } of rule.byDay) {
    const days: number[] = [];
    for (let offset = (weekday - weekdayOf(first) + 7) % 7; offset < length; offset += 7) days.push(first + offset);
    const nth = days.at(ordinal > 0 ? ordinal - 1 : ordinal);
    if (ordinal === 0) for (const day of days) found.add(day);
    else if (nth !== undefined && Math.abs(ordinal) <= days.length) found.add(nth);
  }
  return found;
}

function chosen(rule: Rule, days: readonly number[]): readonly number[] {
  if (rule.bySetPos.length === 0) return days;
  const indexes = new Set(rule.bySetPos.map((number) => (number > 0 ? number - 1 : days.length + number)));
  return days.filter((_, index) => indexes.has(index));
}
