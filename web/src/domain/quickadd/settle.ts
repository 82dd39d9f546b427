/** Phrases become the fields of one task: of those that say the same, the last counts. */
import { later, momentOf, toDay, type Calendar } from './days.ts';
import type { Phrase } from './phrases.ts';
import { firstDay, ruleText } from './repeats.ts';
import { lengthOf, minutesOf, timePhrases } from './times.ts';
import type { Context, Kind, Parsed, Token } from './types.ts';

type Fields = Pick<Parsed, 'start_date' | 'due_date' | 'due_time' | 'due_zone' | 'recurrence'>;

/** What each phrase is for; a day that has no part stays text. */
interface Plan {
  start: Phrase | undefined;
  due: Phrase | undefined;
  /** When the repetition ends: a day, a number of times or a length. */
  limit: Phrase | undefined;
  readonly repeat: Phrase | undefined;
  times: readonly Phrase[];
}

export function settle(
  phrases: readonly Phrase[],
  text: string,
  context: Context,
  calendar: Calendar,
): { readonly tokens: readonly Token[]; readonly minutes: number | null; readonly fields: Fields } {
  const plan = planOf(phrases, text);
  const minutes = minutesOf(plan.times, plan.due?.moment?.minutes ?? plan.repeat?.repeat?.minutes);
  const due = dueOf(plan, minutes, calendar);
  if (plan.start && due !== null && (plan.start.moment?.day ?? 0) > due) plan.start = undefined;
  if (due === null) plan.times = [];
  const limit = plan.repeat && due !== null ? limitOf(plan, due, calendar) : '';
  if (limit === '') plan.limit = undefined;
  const time = due === null || minutes === undefined ? null : clock(minutes);
  const repeat = plan.repeat?.repeat;
  const rule = repeat ? repeat.after || ruleText(repeat, limit) : '';
  const start = plan.start?.moment ? toDay(plan.start.moment.day) : null;
  const token = (kind: Kind, phrase: Phrase | undefined, value: string | number): Token[] =>
    phrase ? [{ kind, start: phrase.start, end: phrase.end, text: text.slice(phrase.start, phrase.end), value }] : [];
  return {
    tokens: [
      ...token('start', plan.start, start ?? ''),
      ...token('due', plan.due, due === null ? '' : toDay(due)),
      ...plan.times.flatMap((phrase) => token('time', phrase, time ?? '')),
      ...token('recurrence', plan.repeat, rule),
      ...token('until', plan.limit, limitValue(limit)),
    ],
    minutes: time === null ? null : lengthOf(plan.times),
    fields: {
      start_date: start,
      due_date: due === null ? null : toDay(due),
      due_time: time,
      due_zone: time && context.zone,
      recurrence:
        typeof rule === 'number' ? { after_completion_days: rule } : rule ? { rule, zone: context.zone } : null,
    },
  };
}

function planOf(phrases: readonly Phrase[], text: string): Plan {
  const repeat = phrases.findLast(({ rule }) => rule.kind === 'repeat');
  const plan: Plan = { start: undefined, due: undefined, limit: undefined, repeat, times: timePhrases(phrases) };
  phrases.forEach((phrase, index) => {
    const part = partOf(phrase, phrases[index - 1], phrases[index + 1], text, repeat !== undefined);
    if (part) plan[part] = phrase;
  });
  return plan;
}

/** "from" needs its "to", "to" its "from"; beside a repetition, the one is the first day and the other the last. */
function partOf(
  phrase: Phrase,
  before: Phrase | undefined,
  after: Phrase | undefined,
  text: string,
  repeats: boolean,
): 'start' | 'due' | 'limit' | null {
  const touch = (a: Phrase | undefined, b: Phrase | undefined): boolean =>
    a !== undefined && b !== undefined && text.slice(a.end, b.start).trim() === '';
  const opens = touch(phrase, after) && (after?.marker === 'to' || after?.marker === 'until');
  const first = repeats ? 'due' : 'start';
  if (phrase.rule.kind === 'limit') return 'limit';
  if (phrase.rule.kind !== 'day') return null;
  switch (phrase.marker) {
    case 'start':
      return first;
    case 'from':
      return repeats || opens ? first : null;
    case 'to':
      return touch(before, phrase) && mayOpen(before) ? (repeats ? 'limit' : 'due') : null;
    case 'until':
      return repeats ? 'limit' : 'due';
    default:
      return opens && mayOpen(phrase) ? first : 'due';
  }
}

/** "from Monday to Friday", and "Monday to Friday". */
function mayOpen(phrase: Phrase | undefined): boolean {
  return phrase?.marker === 'from' || (!phrase?.marker && phrase?.rule.action === 'weekday');
}

/** A day that lies before the start is looked for after it: "from Friday to Tuesday". */
function dueOf(plan: Plan, minutes: number | undefined, calendar: Calendar): number | null {
  const { today } = calendar;
  const soonest = minutes !== undefined && minutes <= calendar.minutes ? today + 1 : today;
  const repeat = plan.repeat?.repeat;
  let day = plan.due?.moment?.day;
  const start = plan.start?.moment?.day;
  if (plan.due && day !== undefined && start !== undefined && day < start) {
    day = momentOf(plan.due.rule.action, plan.due.values, { ...calendar, today: start })?.day ?? day;
  }
  if (repeat) return repeat.after ? (day ?? soonest) : firstDay(repeat, day ?? soonest);
  if (day !== undefined) return day;
  return minutes === undefined || start !== undefined ? null : soonest;
}

/** `COUNT=…` or `UNTIL=…`, empty when nothing ends the repetition that could. */
function limitOf(plan: Plan, due: number, calendar: Calendar): string {
  const { limit, repeat } = plan;
  if (!limit || repeat?.repeat?.after) return '';
  const [first, second] = limit.values;
  if (limit.rule.action === 'times') return Number(first) >= 1 ? `COUNT=${Number(first)}` : '';
  const last =
    limit.rule.action === 'lasting'
      ? later(due, Number(first), second) - 1
      : (limit.moment ?? momentOf('inMonth', [-1, first, second], calendar))?.day;
  return last !== undefined && last >= due ? `UNTIL=${toDay(last).replaceAll('-', '')}` : '';
}

function limitValue(limit: string): string | number {
  const value = limit.slice(6);
  return limit.startsWith('COUNT') ? Number(value) : value.replace(/^(.{4})(..)/, '$1-$2-');
}

function clock(minutes: number): string {
  return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');
}
