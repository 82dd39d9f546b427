/** Quick add: `#project @person +label !priority "literal"` and days in words, in English and German. */
import { addDays, nextWeekday, type Day } from './dates.ts';
import type { Priority } from './types.ts';

export interface Named {
  readonly id: string;
  readonly name: string;
}

export interface Vocabulary {
  readonly projects: readonly Named[];
  readonly people: readonly Named[];
  readonly labels: readonly Named[];
  readonly today: Day;
}

/** What was understood. `title` is what remains; unknown names stay in it. */
export interface Parsed {
  readonly title: string;
  readonly project: Named | null;
  readonly people: readonly Named[];
  readonly labels: readonly Named[];
  readonly priority: Priority | null;
  readonly due: Day | null;
}

const PRIORITIES: Readonly<Record<string, Priority>> = {
  urgent: 'urgent',
  dringend: 'urgent',
  high: 'high',
  hoch: 'high',
  medium: 'medium',
  mittel: 'medium',
  low: 'low',
  niedrig: 'low',
  '1': 'urgent',
  '2': 'high',
  '3': 'medium',
  '4': 'low',
};

const WEEKDAYS: Readonly<Record<string, number>> = {
  sunday: 0,
  monday: 1,
  tuesday: 2,
  wednesday: 3,
  thursday: 4,
  friday: 5,
  saturday: 6,
  sonntag: 0,
  montag: 1,
  dienstag: 2,
  mittwoch: 3,
  donnerstag: 4,
  freitag: 5,
  samstag: 6,
};

const OFFSETS: Readonly<Record<string, number>> = {
  today: 0,
  tod: 0,
  heute: 0,
  tomorrow: 1,
  tom: 1,
  morgen: 1,
  übermorgen: 2,
};

/** They belong to the day that follows. */
const BEFORE_DAY: ReadonlySet<string> = new Set(['on', 'by', 'am', 'bis']);
/** What follows them is no day but a repetition. */
const REPEATING: ReadonlySet<string> = new Set(['every', 'each', 'jeden', 'jede', 'jedes']);

const TOKEN = /"([^"]*)"|\S+/g;

export function parseQuickAdd(text: string, words: Vocabulary): Parsed {
  const kept: string[] = [];
  const people: Named[] = [];
  const labels: Named[] = [];
  let project: Named | null = null;
  let priority: Priority | null = null;
  let due: Day | null = null;
  for (const [token, literal] of text.matchAll(TOKEN)) {
    const name = token.slice(1);
    const found = name === '' ? undefined : lookUp(token.charAt(0), name, words);
    if (literal !== undefined) kept.push(literal);
    else if (found?.kind === 'project' && !project) project = found.named;
    else if (found?.kind === 'person') people.push(found.named);
    else if (found?.kind === 'label') labels.push(found.named);
    else if (token.startsWith('!') && !priority && PRIORITIES[name.toLowerCase()]) {
      priority = PRIORITIES[name.toLowerCase()] ?? null;
    } else if (!due && dayOf(token, words.today) && !REPEATING.has(before(kept))) {
      due = dayOf(token, words.today);
      if (BEFORE_DAY.has(before(kept))) kept.pop();
    } else kept.push(token);
  }
  const title = kept.join(' ').trim();
  return { title, project, people: distinct(people), labels: distinct(labels), priority, due };
}

function before(kept: readonly string[]): string {
  return kept.at(-1)?.toLowerCase() ?? '';
}

function lookUp(sign: string, name: string, words: Vocabulary): { kind: string; named: Named } | undefined {
  const [kind, list] =
    sign === '#'
      ? ['project', words.projects]
      : sign === '@'
        ? ['person', words.people]
        : sign === '+'
          ? ['label', words.labels]
          : ['', []];
  const named = bestMatch(name, list as readonly Named[]);
  return named && { kind: kind as string, named };
}

/** The whole name first, then the only one that starts so. Blanks in names are left out or written as `-`. */
function bestMatch(wanted: string, list: readonly Named[]): Named | undefined {
  const text = squash(wanted);
  const exact = list.find(({ name }) => squash(name) === text);
  if (exact) return exact;
  const starting = list.filter(({ name }) => squash(name).startsWith(text));
  return starting.length === 1 ? starting[0] : undefined;
}

function squash(name: string): string {
  return name.toLowerCase().replace(/[\s_-]+/g, '');
}

function dayOf(token: string, today: Day): Day | null {
  const word = token.toLowerCase();
  const offset = OFFSETS[word];
  if (offset !== undefined) return addDays(today, offset);
  const weekday = WEEKDAYS[word];
  return weekday === undefined ? null : nextWeekday(today, weekday);
}

function distinct(items: readonly Named[]): Named[] {
  return [...new Map(items.map((item) => [item.id, item])).values()];
}
