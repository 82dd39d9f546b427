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

function isPart({ rule }: Phrase): boolean {
  return rule.action === 'part';
}

function byTheClock(phrase: Phrase, about: number | undefined): number {
  if (phrase.rule.action === 'offset') return besideTheHour(phrase, about);
  const { rule } = phrase;
  const [hour, minute, half] = phrase.values;
  const minutes = Number(hour) * 60 + Number(minute ?? 0);
  if (rule.action === 'clock12') return (minutes % NOON) + (isAfternoon(half) ? NOON : 0);
  return rule.action === 'bareHour' ? minutes + laterHalf(minutes, about) : minutes;
}

/** "half past three"; in German "halb vier". */
function besideTheHour({ values: [offset, hour] }: Phrase, about: number | undefined): number {
  const said = Number(hour) * 60 + Number(offset);
  const minutes = said < 60 ? said + NOON : said;
  return (minutes + laterHalf(minutes, about)) % (2 * NOON);
}

function isAfternoon(half: Value): boolean {
  return String(half).startsWith('p');
}

/** "at 5" is in the afternoon, "at 8" in the morning, unless it is said which. */
function laterHalf(minutes: number, about: number | undefined): number {
  const afternoon = about === undefined ? minutes >= 60 && minutes < 420 : about >= NOON;
  return afternoon && minutes < NOON ? NOON : 0;
}
