/**
 * Links to things of Headway in Markdown: people as `[@Ann](headway:user/<id>)`, tasks as `[OPS-142](headway:task/<id>)`,
 * pictures as `![plan](headway:attachment/<id>)`. People write `@Ann` and `#OPS-142`.
 */

export interface Mentionable {
  readonly id: string;
  readonly name: string;
}

export interface Reference {
  readonly kind: 'user' | 'task' | 'attachment';
  readonly id: string;
}

/** A word that is being written and asks for a choice: `@an`, `#roof`. */
export interface Trigger {
  readonly sign: '@' | '#';
  readonly query: string;
  /** Where the sign stands. */
  readonly start: number;
}

const REFERENCE = /^headway:(user|task|attachment)\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;
const TRIGGER = /(?:^|[\s([{"'»«„“])([@#])([^\s@#[\]()]{0,40}(?: [^\s@#[\]()]{1,40})?)$/u;

/** Writes `@Name` of known people as mentions, in any case; the longest name that fits wins. */
export function withMentions(text: string, people: readonly Mentionable[]): string {
  const called = callings(people);
  if (called.size === 0) return text;
  const longestFirst = [...called.keys()].sort((a, b) => b.length - a.length);
  const names = longestFirst.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}[])@(${names.join('|')})(?![\\p{L}\\p{N}])`, 'giu');
  return text.replace(pattern, (whole, written: string) => {
    const person = called.get(written.toLowerCase());
    return person ? mentionOf(person) : whole;
  });
}

/** The word before the caret, if it asks for people or tasks. */
export function triggerAt(text: string, caret: number): Trigger | null {
  const line = text.slice(text.lastIndexOf('\n', caret - 1) + 1, caret);
  const match = TRIGGER.exec(line);
  if (!match) return null;
  const [, sign = '@', query = ''] = match;
  return { sign: sign as Trigger['sign'], query, start: caret - query.length - 1 };
}

export function mentionOf(person: Mentionable): string {
  return `[@${escaped(person.name)}](headway:user/${person.id})`;
}

export function taskLinkOf(key: string, id: string): string {
  return `[${escaped(key)}](headway:task/${id})`;
}

export function pictureOf(name: string, attachmentId: string): string {
  return `![${escaped(name)}](headway:attachment/${attachmentId})`;
}

/** What a link of ours leads to. */
export function referenceOf(href: string): Reference | null {
  const match = REFERENCE.exec(href);
  return match ? { kind: match[1] as Reference['kind'], id: (match[2] ?? '').toLowerCase() } : null;
}

/** The people that a text mentions, each once. */
export function mentionedIn(text: string): readonly string[] {
  const found = [...text.matchAll(/\]\(headway:user\/([0-9a-f-]{36})\)/gi)].map((match) =>
    (match[1] ?? '').toLowerCase(),
  );
  return [...new Set(found)];
}

/** How people may be called, in lower case: by their names, and by a first name that nobody else has. */
function callings(people: readonly Mentionable[]): ReadonlyMap<string, Mentionable> {
  const named = people.filter(({ name }) => name !== '');
  const first = (person: Mentionable): string => person.name.toLowerCase().split(' ')[0] ?? '';
  const called = new Map(
    named
      .filter((person) => named.filter((other) => first(other) === first(person)).length === 1)
      .map((person) => [first(person), person]),
  );
  for (const person of named) called.set(person.name.toLowerCase(), person);
  return called;
}

function escaped(text: string): string {
  return text.replace(/[[\]\\]/g, '\\$&');
}
