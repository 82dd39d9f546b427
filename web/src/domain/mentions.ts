/** Mentions are links in Markdown: `[@Ann](headway:user/<id>)`. People write `@Ann`. */

export interface Mentionable {
  readonly id: string;
  readonly name: string;
}

const MENTION = /^headway:user\/([0-9a-f-]{36})$/;

/** Writes `@Name` of known people as mentions, in any case; the longest name that fits wins. */
export function withMentions(text: string, people: readonly Mentionable[]): string {
  const called = callings(people);
  if (called.size === 0) return text;
  const longestFirst = [...called.keys()].sort((a, b) => b.length - a.length);
  const names = longestFirst.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}[])@(${names.join('|')})(?![\\p{L}\\p{N}])`, 'giu');
  return text.replace(pattern, (whole, written: string) => {
    const person = called.get(written.toLowerCase());
    return person ? `[@${person.name.replace(/[[\]\\]/g, '\\$&')}](headway:user/${person.id})` : whole;
  });
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

/** The person that a link mentions. */
export function mentionedPerson(href: string): string | null {
  return MENTION.exec(href)?.[1] ?? null;
}
