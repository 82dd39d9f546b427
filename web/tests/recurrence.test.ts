import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { formatRule, parseRule } from '../src/domain/recurrence/rule.ts';
import { sentence } from '../src/domain/recurrence/sentence.ts';
import { begins, preview, problemOf } from '../src/domain/recurrence/series.ts';
import type { Recurrence } from '../src/domain/types.ts';
import { instant } from '../src/domain/walltime.ts';

/** The cases that the server's functions answer too. */
function recorded<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../../tests/cases/${name}.json`, import.meta.url), 'utf8')) as T;
}

interface Cases {
  readonly rules: readonly { rule: string; canonical?: string; error?: string }[];
  readonly series: readonly { recurrence: Recurrence; start: string; n: number; days: readonly string[] }[];
  readonly sentences: readonly { recurrence: Recurrence; en: string; de: string }[];
}
const cases = recorded<Cases>('recurrence');
const instants = recorded<{ instants: readonly { day: string; time: string; zone: string; instant: string }[] }>(
  'instants',
).instants;

describe('recurrence, as the server has it', () => {
  it.each(cases.rules)('reads or refuses $rule', ({ rule, canonical, error }) => {
    expect(problemOf(rule)).toBe(error ?? null);
    if (canonical !== undefined) expect(formatRule(parseRule(rule))).toBe(canonical);
  });

  it.each(cases.series)('the days of $recurrence from $start', ({ recurrence, start, n, days }) => {
    expect(preview(recurrence, start, n)).toEqual(days);
  });

  it.each(cases.sentences)('$en', ({ recurrence, en, de }) => {
    expect([sentence(recurrence, 'en'), sentence(recurrence, 'de')]).toEqual([en, de]);
  });

  it.each(instants)('$day $time in $zone', ({ day, time, zone, instant: expected }) => {
    expect(instant(day, time, zone).toISOString()).toBe(expected);
  });

  it('a rule that has ended before the due date never begins', () => {
    expect(begins({ rule: 'FREQ=DAILY;UNTIL=20261101', zone: 'UTC' }, '2026-11-23')).toBe(false);
    expect(begins({ rule: 'FREQ=DAILY;UNTIL=20261123', zone: 'UTC' }, '2026-11-23')).toBe(true);
  });
});
