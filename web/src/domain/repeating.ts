/** A recurrence as its editor shows it, and back. What the editor has no fields for is kept as it is. */
import { weekday, type Day } from './dates.ts';
import { addMonths } from './month.ts';
import {
  formatRule,
  MAX_COUNT,
  MAX_INTERVAL,
  parseRule,
  ruleOf,
  type Frequency,
  type Rule,
} from './recurrence/rule.ts';
import { lastDay } from './recurrence/series.ts';
import type { Recurrence } from './types.ts';

export type Mode = Frequency | 'AFTER';
export type MonthBy = 'day' | 'last_day' | 'nth' | 'last';

export interface Repeating {
  readonly mode: Mode;
  readonly interval: number;
  /** 0 Monday to 6 Sunday. */
  readonly weekdays: readonly number[];
  readonly monthBy: MonthBy;
  readonly ends: 'never' | 'until' | 'count';
  readonly until: Day;
  readonly count: number;
}

/** What the editor begins with, for a task that does not repeat yet. */
export function plainly(due: Day): Repeating {
  return {
    mode: 'WEEKLY',
    interval: 1,
    weekdays: [mondayFirst(due)],
    monthBy: 'day',
    ends: 'never',
    until: addMonths(due, 3),
    count: 10,
  };
}

/** The fields of a recurrence; null for a rule that they cannot say, which is then only shown as a sentence. */
export function repeatingOf(recurrence: Recurrence, due: Day): Repeating | null {
  const start = plainly(due);
  if ('after_completion_days' in recurrence) {
    return { ...start, mode: 'AFTER', interval: recurrence.after_completion_days };
  }
  const rule = parseRule(recurrence.rule);
  const weekdays = rule.byDay.map(({ weekday: day }) => day);
  const found: Repeating = {
    ...start,
    mode: rule.frequency,
    interval: rule.interval,
    weekdays: rule.frequency === 'WEEKLY' && weekdays.length > 0 ? weekdays : start.weekdays,
    monthBy: monthByOf(rule),
    ends: rule.until ? 'until' : rule.count !== null ? 'count' : 'never',
    ...(rule.until && { until: lastDay(rule.until, recurrence.zone) }),
    ...(rule.count !== null && { count: rule.count }),
  };
  const again = recurrenceOf(found, due, recurrence.zone);
  return 'rule' in again && sameDays(again.rule, recurrence.rule, due) ? found : null;
}

export function recurrenceOf(repeating: Repeating, due: Day, zone: string): Recurrence {
  const interval = Math.min(Math.max(Math.round(repeating.interval) || 1, 1), MAX_INTERVAL);
  if (repeating.mode === 'AFTER') return { after_completion_days: interval };
  const end = {
    ...(repeating.ends === 'count' && { count: Math.min(Math.max(Math.round(repeating.count) || 1, 1), MAX_COUNT) }),
    ...(repeating.ends === 'until' && { until: { day: repeating.until.replaceAll('-', ''), time: null, utc: false } }),
  };
  const rule = ruleOf({ frequency: repeating.mode, interval, ...end, ...daysOf(repeating, due) });
  return { rule: formatRule(rule), zone };
}

/** The day of the month that `due` is, and which of its weekdays: 1 to 5. */
export function placeInMonth(due: Day): { day: number; nth: number; isLast: boolean } {
  const day = Number(due.slice(8));
  const [year = 0, month = 0] = due.split('-').map(Number);
  const length = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return { day, nth: Math.ceil(day / 7), isLast: day + 7 > length };
}

export function mondayFirst(day: Day): number {
  return (weekday(day) + 6) % 7;
}

function daysOf(repeating: Repeating, due: Day): Partial<Rule> {
  const { day, nth } = placeInMonth(due);
  if (repeating.mode === 'WEEKLY') {
    const chosen = repeating.weekdays.length > 0 ? repeating.weekdays : [mondayFirst(due)];
    return { byDay: [...chosen].sort((a, b) => a - b).map((one) => ({ weekday: one, ordinal: 0 })) };
  }
  if (repeating.mode === 'YEARLY') return { byMonth: [Number(due.slice(5, 7))], byMonthDay: [day] };
  if (repeating.mode !== 'MONTHLY') return {};
  switch (repeating.monthBy) {
    case 'day':
      return { byMonthDay: [day] };
    case 'last_day':
      return { byMonthDay: [-1] };
    case 'nth':
      return { byDay: [{ weekday: mondayFirst(due), ordinal: nth }] };
    case 'last':
      return { byDay: [{ weekday: mondayFirst(due), ordinal: -1 }] };
  }
}

function monthByOf(rule: Rule): MonthBy {
  const [named] = rule.byDay;
  if (named) return named.ordinal === -1 ? 'last' : 'nth';
  return rule.byMonthDay[0] === -1 ? 'last_day' : 'day';
}

/** Whether two spellings mean the same: what a rule leaves open follows from the due date. */
function sameDays(a: string, b: string, due: Day): boolean {
  return spelt(a, due) === spelt(b, due);
}

function spelt(text: string, due: Day): string {
  const rule = parseRule(text);
  const open = rule.byDay.length + rule.byMonth.length + rule.byMonthDay.length === 0;
  const plain = { ...plainly(due), mode: rule.frequency };
  const until = rule.until && { ...rule.until, time: null, utc: false };
  const whole = { ...rule, until, ...(rule.interval === 1 && { weekStart: 0 }), ...(open && daysOf(plain, due)) };
  return formatRule(whole);
}
