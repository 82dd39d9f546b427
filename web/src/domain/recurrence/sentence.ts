/** A recurrence in words, as the server says it: "every 2 weeks on Monday and Thursday, until December 31, 2026". */
import type { Recurrence } from '../types.ts';
import { english } from './english.ts';
import { german } from './german.ts';
import { parseRule, type Frequency, type NamedDay, type Rule } from './rule.ts';
import { lastDay } from './series.ts';

/** The phrases that a sentence is made of; each is whole, with its preposition, so that languages may differ. */
export interface Phrases {
  afterCompletion(days: number): string;
  every(frequency: Frequency, interval: number): string;
  everyWorkday(): string;
  weekdays(weekdays: readonly number[]): string;
  numberedDays(days: readonly NamedDay[]): string;
  monthDays(days: readonly number[]): string;
  dayOfYear(month: number, day: number): string;
  months(months: readonly number[]): string;
  only(phrase: string): string;
  chosenWorkday(number: number): string;
  chosen(numbers: readonly number[]): string;
  times(count: number): string;
  until(year: number, month: number, day: number): string;
}

/** Without a capital or a full stop. */
export function sentence(recurrence: Recurrence, language: 'en' | 'de'): string {
  const words = language === 'de' ? german : english;
  if ('after_completion_days' in recurrence) return words.afterCompletion(recurrence.after_completion_days);
  const rule = parseRule(recurrence.rule);
  const phrases = [core(rule, words), ...limits(rule, words), ...chosen(rule, words)];
  if (rule.count !== null) phrases.push(words.times(rule.count));
  if (rule.until) {
    const [year = 0, month = 0, day = 0] = lastDay(rule.until, recurrence.zone).split('-').map(Number);
    phrases.push(words.until(year, month, day));
  }
  return phrases.join(', ');
}

function core(rule: Rule, words: Phrases): string {
  if (isEveryWorkday(rule)) return joined(words.everyWorkday(), months(rule, words));
  const head = words.every(rule.frequency, rule.interval);
  if (isOneWorkday(rule)) return joined(head, words.chosenWorkday(rule.bySetPos[0] ?? 0), months(rule, words));
  const { byMonth, byMonthDay } = rule;
  if (isOneDayOfYear(rule)) return joined(head, words.dayOfYear(byMonth[0] ?? 0, byMonthDay[0] ?? 0));
  return joined(head, ...days(rule, words));
}

/** What the rule adds to its period: days and months. */
function days(rule: Rule, words: Phrases): readonly string[] {
  if (rule.frequency === 'DAILY') return [months(rule, words)];
  if (rule.byMonthDay.length > 0) return [words.monthDays(fromStart(rule.byMonthDay)), months(rule, words)];
  return [weekdays(rule, words), months(rule, words)];
}

/** What the rule takes away again: "every day, only on Monday". */
function limits(rule: Rule, words: Phrases): readonly string[] {
  const found: string[] = [];
  const daily = rule.frequency === 'DAILY';
  if (daily && rule.byMonthDay.length > 0) found.push(words.only(words.monthDays(fromStart(rule.byMonthDay))));
  if (rule.byDay.length > 0 && (daily || rule.byMonthDay.length > 0) && !isEveryWorkday(rule)) {
    found.push(words.only(weekdays(rule, words)));
  }
  return found;
}

function weekdays(rule: Rule, words: Phrases): string {
  if (rule.byDay.length === 0) return '';
  const counted = rule.frequency === 'MONTHLY' || rule.frequency === 'YEARLY';
  const numbered = counted && rule.byMonthDay.length === 0;
  if (numbered || rule.byDay.some(({ ordinal }) => ordinal !== 0)) {
    const [only] = rule.byDay;
    if (only && isWeekdayByPosition(rule)) {
      return words.numberedDays(fromStart(rule.bySetPos).map((ordinal) => ({ weekday: only.weekday, ordinal })));
    }
    return words.numberedDays(rule.byDay);
  }
  return words.weekdays(rule.byDay.map(({ weekday }) => weekday));
}

/** Whether BYDAY=TU;BYSETPOS=2 means no other than BYDAY=2TU. */
function isWeekdayByPosition(rule: Rule): boolean {
  const single = rule.byDay.length === 1 && rule.byDay[0]?.ordinal === 0 && rule.byMonthDay.length === 0;
  return single && rule.frequency === 'MONTHLY' && rule.bySetPos.length > 0;
}

function areWorkdays(days: readonly NamedDay[]): boolean {
  return days.length === 5 && days.every(({ weekday, ordinal }, index) => weekday === index && ordinal === 0);
}

function isEveryWorkday(rule: Rule): boolean {
  const plain = rule.interval === 1 && rule.byMonthDay.length === 0 && rule.bySetPos.length === 0;
  return plain && areWorkdays(rule.byDay) && (rule.frequency === 'DAILY' || rule.frequency === 'WEEKLY');
}

/** Whether the rule means one working day of a month, such as the last. */
function isOneWorkday(rule: Rule): boolean {
  const monthly = rule.frequency === 'MONTHLY' && rule.byMonthDay.length === 0;
  return monthly && areWorkdays(rule.byDay) && rule.bySetPos.length === 1;
}

function isOneDayOfYear(rule: Rule): boolean {
  const single = rule.byMonth.length === 1 && rule.byMonthDay.length === 1;
  return rule.frequency === 'YEARLY' && single && (rule.byMonthDay[0] ?? 0) > 0;
}

function chosen(rule: Rule, words: Phrases): readonly string[] {
  if (rule.bySetPos.length === 0 || isWeekdayByPosition(rule) || isOneWorkday(rule)) return [];
  return [words.chosen(fromStart(rule.bySetPos))];
}

function months(rule: Rule, words: Phrases): string {
  return rule.byMonth.length > 0 ? words.months(rule.byMonth) : '';
}

/** Those counted from the start first, then those counted from the end, the last at last. */
function fromStart(numbers: readonly number[]): number[] {
  return [...numbers].sort((a, b) => Number(a < 0) - Number(b < 0) || a - b);
}

function joined(...phrases: readonly string[]): string {
  return phrases.filter((phrase) => phrase !== '').join(' ');
}
