/** The part of RFC 5545 section 3.3.10 that tasks use, read as strictly as the server does. */

export const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
export const FREQUENCIES = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const;
export type Frequency = (typeof FREQUENCIES)[number];

/** 0 is Monday; every one of its period when `ordinal` is 0, else the n-th from its start or end. */
export interface NamedDay {
  readonly weekday: number;
  readonly ordinal: number;
}

/** The last moment at which an occurrence may be: all of a day when `time` is null, in UTC when `utc`. */
export interface Until {
  /** `20261231`. */
  readonly day: string;
  /** `225959`. */
  readonly time: string | null;
  readonly utc: boolean;
}

export interface Rule {
  readonly frequency: Frequency;
  readonly interval: number;
  readonly count: number | null;
  readonly until: Until | null;
  readonly byMonth: readonly number[];
  readonly byMonthDay: readonly number[];
  readonly byDay: readonly NamedDay[];
  readonly bySetPos: readonly number[];
  readonly weekStart: number;
}

export type RuleCode = 'bad_rule' | 'unsupported' | 'required' | 'too_long' | 'never';

export class BadRule extends Error {
  constructor(readonly code: RuleCode) {
    super(code);
  }
}

export const MAX_COUNT = 1000;
export const MAX_INTERVAL = 999;
export const LAST_YEAR = 2200;
const FIRST_YEAR = 1970;
const RULE_LENGTH = 500;
const LONGEST_MONTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const PLAIN: Rule = {
  frequency: 'DAILY',
  interval: 1,
  count: null,
  until: null,
  byMonth: [],
  byMonthDay: [],
  byDay: [],
  bySetPos: [],
  weekStart: 0,
};

/** A rule of which only the given parts differ from the plainest one. */
export function ruleOf(parts: Partial<Rule> & Pick<Rule, 'frequency'>): Rule {
  return { ...PLAIN, ...parts };
}

/** The rule that `text` spells, as `FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH`. Throws BadRule. */
export function parseRule(text: string): Rule {
  if ([...text].length > RULE_LENGTH) throw new BadRule('too_long');
  const parts = partsOf(
    text
      .trim()
      .toUpperCase()
      .replace(/^RRULE:/, ''),
  );
  let rule: Rule = PLAIN;
  for (const [name, value] of parts) rule = { ...rule, ...READERS[name]?.(value) };
  if (!parts.has('FREQ')) throw new BadRule('required');
  checkCombination(rule);
  return rule;
}

/** The rule in the server's canonical spelling. */
export function formatRule(rule: Rule): string {
  const parts = [`FREQ=${rule.frequency}`];
  if (rule.interval !== 1) parts.push(`INTERVAL=${rule.interval}`);
  if (rule.count !== null) parts.push(`COUNT=${rule.count}`);
  if (rule.until) parts.push(`UNTIL=${formatUntil(rule.until)}`);
  if (rule.byMonth.length > 0) parts.push(`BYMONTH=${rule.byMonth.join(',')}`);
  if (rule.byMonthDay.length > 0) parts.push(`BYMONTHDAY=${rule.byMonthDay.join(',')}`);
  if (rule.byDay.length > 0) parts.push(`BYDAY=${rule.byDay.map(formatDay).join(',')}`);
  if (rule.bySetPos.length > 0) parts.push(`BYSETPOS=${rule.bySetPos.join(',')}`);
  if (rule.weekStart !== 0) parts.push(`WKST=${WEEKDAYS[rule.weekStart]}`);
  return parts.join(';');
}

function formatDay({ weekday, ordinal }: NamedDay): string {
  return `${ordinal === 0 ? '' : ordinal}${WEEKDAYS[weekday]}`;
}

function formatUntil({ day, time, utc }: Until): string {
  return day + (time === null ? '' : `T${time}${utc ? 'Z' : ''}`);
}

function partsOf(text: string): ReadonlyMap<string, string> {
  if (text.includes('DTSTART') || text.includes('\n')) throw new BadRule('unsupported');
  const parts = new Map<string, string>();
  for (const part of text.split(';')) {
    const equals = part.indexOf('=');
    const name = part.slice(0, Math.max(equals, 0));
    const value = part.slice(equals + 1);
    if (equals === -1 || value === '') throw new BadRule('bad_rule');
    if (!(name in READERS)) throw new BadRule('unsupported');
    if (parts.has(name)) throw new BadRule('bad_rule');
    parts.set(name, value);
  }
  return parts;
}

const READERS: Readonly<Record<string, (value: string) => Partial<Rule>>> = {
  FREQ: (value) => ({ frequency: readFrequency(value) }),
  INTERVAL: (value) => ({ interval: readNumber(value, 1, MAX_INTERVAL) }),
  COUNT: (value) => ({ count: readNumber(value, 1, MAX_COUNT) }),
  UNTIL: (value) => ({ until: readUntil(value) }),
  BYMONTH: (value) => ({ byMonth: readNumbers(value, 1, 12) }),
  BYMONTHDAY: (value) => ({ byMonthDay: readNumbers(value, -31, 31) }),
  BYDAY: (value) => ({ byDay: readDays(value) }),
  BYSETPOS: (value) => ({ bySetPos: readNumbers(value, -366, 366) }),
  WKST: (value) => ({ weekStart: readWeekday(value) }),
};

function readFrequency(value: string): Frequency {
  const found = FREQUENCIES.find((name) => name === value);
  if (found) return found;
  throw new BadRule(['SECONDLY', 'MINUTELY', 'HOURLY'].includes(value) ? 'unsupported' : 'bad_rule');
}

function readNumber(text: string, low: number, high: number): number {
  const number = /^[+-]?[0-9]{1,4}$/.test(text) ? Number(text) : 0;
  if (number === 0 || number < low || number > high) throw new BadRule('bad_rule');
  return number;
}

function readNumbers(text: string, low: number, high: number): readonly number[] {
  const numbers = new Set(text.split(',').map((item) => readNumber(item, low, high)));
  return [...numbers].sort((a, b) => a - b);
}

function readWeekday(value: string): number {
  const weekday = WEEKDAYS.findIndex((name) => name === value);
  if (weekday === -1) throw new BadRule('bad_rule');
  return weekday;
}

function readDays(text: string): readonly NamedDay[] {
  const days = new Map<string, NamedDay>();
  for (const item of text.split(',')) {
    const match = /^([+-]?[0-9]{1,2})?(MO|TU|WE|TH|FR|SA|SU)$/.exec(item);
    const ordinal = match?.[1] === undefined ? 0 : Number(match[1]);
    if (!match || (match[1] !== undefined && ordinal === 0) || Math.abs(ordinal) > 53) throw new BadRule('bad_rule');
    const day = { weekday: readWeekday(match[2] ?? ''), ordinal };
    days.set(formatDay(day), day);
  }
  return [...days.values()].sort((a, b) => a.weekday - b.weekday || a.ordinal - b.ordinal);
}

function readUntil(value: string): Until | null {
  const match = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z?))?$/.exec(value);
  if (!match) throw new BadRule('bad_rule');
  const [, year = '', month = '', day = '', hour, minute, second, zone] = match;
  const iso = `${year}-${month}-${day}`;
  const date = new Date(`${iso}T00:00:00Z`);
  if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== iso) throw new BadRule('bad_rule');
  if (Number(hour ?? 0) > 23 || Number(minute ?? 0) > 59 || Number(second ?? 0) > 59) throw new BadRule('bad_rule');
  if (Number(year) < FIRST_YEAR) throw new BadRule('bad_rule');
  // Every series ends with the last year.
  if (Number(year) > LAST_YEAR) return null;
  return {
    day: year + month + day,
    time: hour === undefined ? null : `${hour}${minute ?? ''}${second ?? ''}`,
    utc: zone === 'Z',
  };
}

function checkCombination(rule: Rule): void {
  const chosen = rule.byMonth.length + rule.byMonthDay.length + rule.byDay.length;
  if (rule.count !== null && rule.until) throw new BadRule('bad_rule');
  if (rule.bySetPos.length > 0 && chosen === 0) throw new BadRule('bad_rule');
  if (rule.byMonthDay.length > 0 && rule.frequency === 'WEEKLY') throw new BadRule('bad_rule');
  const highest = Math.max(0, ...rule.byDay.map(({ ordinal }) => Math.abs(ordinal)));
  if (highest > 0 && (rule.frequency === 'DAILY' || rule.frequency === 'WEEKLY')) throw new BadRule('bad_rule');
  if (highest > 5 && (rule.frequency === 'MONTHLY' || rule.byMonth.length > 0)) throw new BadRule('bad_rule');
  const longest = Math.max(...rule.byMonth.map((month) => LONGEST_MONTHS[month - 1] ?? 0));
  const impossible = rule.byMonthDay.length > 0 && rule.byMonthDay.every((day) => Math.abs(day) > longest);
  if (rule.byMonth.length > 0 && impossible) throw new BadRule('never');
}
