/** From one task of a series to the next ones. */
import type { Day } from '../dates.ts';
import type { Recurrence } from '../types.ts';
import { wallTime } from '../walltime.ts';
import { dayOf, numberOf } from './calendar.ts';
import { daysAfter } from './occurrences.ts';
import { BadRule, LAST_YEAR, parseRule, type Rule, type RuleCode, type Until } from './rule.ts';

const ANY_START = numberOf('2024-01-01');

/** The next `n` days after `start`, the due date of the first task, if each is completed in time. */
export function preview(recurrence: Recurrence, start: Day, n: number): readonly Day[] {
  const first = numberOf(start);
  if ('after_completion_days' in recurrence) {
    const days = Array.from({ length: n }, (_, index) => dayOf(first + recurrence.after_completion_days * (index + 1)));
    return days.filter((day) => Number(day.slice(0, 4)) <= LAST_YEAR);
  }
  const rule = parseRule(recurrence.rule);
  const most = rule.count === null ? n : Math.min(n, rule.count - 1);
  const found: Day[] = [];
  for (const number of daysAfter(rule, first, first)) {
    if (found.length >= most || !within(rule.until, dayOf(number), recurrence.zone)) break;
    found.push(dayOf(number));
  }
  return found;
}

/** Why the server would not take a rule; null when it would. */
export function problemOf(rule: string): RuleCode | null {
  try {
    const read = parseRule(rule);
    return occurs({ ...read, interval: 1 }, ANY_START) ? null : 'never';
  } catch (error) {
    if (error instanceof BadRule) return error.code;
    throw error;
  }
}

/** Whether the series has a day from the due date on; the server refuses one that has not. */
export function begins(recurrence: Recurrence, due: Day): boolean {
  if ('after_completion_days' in recurrence) return true;
  const rule = parseRule(recurrence.rule);
  const start = numberOf(due);
  const [day] = daysAfter(rule, start, start - 1);
  return day !== undefined && within(rule.until, dayOf(day), recurrence.zone);
}

/** The last day of UNTIL where the series is counted. */
export function lastDay(until: Until, zone: string): Day {
  const day = `${until.day.slice(0, 4)}-${until.day.slice(4, 6)}-${until.day.slice(6)}`;
  if (!until.utc || until.time === null) return day;
  const clock = `${until.time.slice(0, 2)}:${until.time.slice(2, 4)}:${until.time.slice(4)}`;
  return wallTime(new Date(`${day}T${clock}Z`), zone).day;
}

function within(until: Until | null, day: Day, zone: string): boolean {
  return until === null || day <= lastDay(until, zone);
}

function occurs(rule: Rule, start: number): boolean {
  const [day] = daysAfter(rule, start, start);
  return day !== undefined;
}
