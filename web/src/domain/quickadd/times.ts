/** Which time of day phrases mean, in minutes since midnight. */
import type { Phrase } from './phrases.ts';
import type { Value } from './grammar.ts';

const NOON = 720;

/** The last part of a day ("in the morning") and the last time by the clock. */
export function timePhrases(phrases: readonly Phrase[]): Phrase[] {
  const times = phrases.filter(({ rule }) => rule.kind === 'time');
  const part = times.findLast(isPart);
  const clock = times.findLast((phrase) => !isPart(phrase));
  return times.filter((phrase) => phrase === part || phrase === clock);
}

/** `implied` is the part of the day that another phrase spoke of, as "tonight" does. */
export function minutesOf(times: readonly Phrase[], implied: number | undefined): number | undefined {
  const part = times.find(isPart);
  const about = part ? Number(part.values[0]) * 60 : implied;
  const clock = times.find((phrase) => !isPart(phrase));
  return clock ? byTheClock(clock, about) : about;
}

/** How many minutes lie between the two times that the clock says, as in "9-10am". */
export function lengthOf(times: readonly Phrase[]): number | null {
  const clock = times.find(({ rule }) => rule.action in RANGES);
  if (!clock) return null;
  const [start, end] = between(clock);
  return (end - start + 2 * NOON) % (2 * NOON) || null;
}

const RANGES: Readonly<Record<string, (phrase: Phrase) => readonly [start: number, end: number]>> = {
  range24: ({ values: [hour, minute, lastHour, lastMinute] }) => [
    Number(hour) * 60 + Number(minute ?? 0),
    Number(lastHour) * 60 + Number(lastMinute ?? 0),
  ],
  // Where the first time does not say its half, it is the last one before the second.
  range12: ({ values: [hour, minute, half, lastHour, lastMinute, lastHalf] }) => {
    const end = halfOfDay(lastHour, lastMinute, lastHalf);
    const start = halfOfDay(hour, minute, half ?? lastHalf);
    return [half === undefined && start >= end ? (start + NOON) % (2 * NOON) : start, end];
  },
};

function between(phrase: Phrase): readonly [start: number, end: number] {
  return RANGES[phrase.rule.action]?.(phrase) ?? [0, 0];
}

function isPart({ rule }: Phrase): boolean {
  return rule.action === 'part';
}

function byTheClock(phrase: Phrase, about: number | undefined): number {
  if (phrase.rule.action === 'offset') return besideTheHour(phrase, about);
  const { rule } = phrase;
  if (rule.action in RANGES) return between(phrase)[0];
  const [hour, minute, half] = phrase.values;
  if (rule.action === 'clock12') return halfOfDay(hour, minute, half);
  const minutes = Number(hour) * 60 + Number(minute ?? 0);
  return rule.action === 'bareHour' ? minutes + laterHalf(minutes, about) : minutes;
}

/** "half past three"; in German "halb vier". */
function besideTheHour({ values: [offset, hour] }: Phrase, about: number | undefined): number {
  const said = Number(hour) * 60 + Number(offset);
  const minutes = said < 60 ? said + NOON : said;
  return (minutes + laterHalf(minutes, about)) % (2 * NOON);
}

function halfOfDay(hour: Value, minute: Value, half: Value): number {
  return ((Number(hour) * 60 + Number(minute ?? 0)) % NOON) + (String(half).startsWith('p') ? NOON : 0);
}

/** "at 5" is in the afternoon, "at 8" in the morning, unless it is said which. */
function laterHalf(minutes: number, about: number | undefined): number {
  const afternoon = about === undefined ? minutes >= 60 && minutes < 420 : about >= NOON;
  return afternoon && minutes < NOON ? NOON : 0;
}
