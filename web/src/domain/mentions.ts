/** Mentions are links in Markdown: `[@Ann](headway:user/<id>)`. People write `@Ann`. */

export interface Mentionable {
  readonly id: string;
  readonly name: string;
}

const MENTION = /^headway:user\/([0-9a-f-]{36})$/;

/** Writes `@Name` of known people as mentions; the longest name that fits wins. */
export function withMentions(text: string, people: readonly Mentionable[]): string {
  const known = people.filter(({ name }) => name !== '').sort((a, b) => b.name.length - a.name.length);
  if (known.length === 0) return text;
  const names = known.map(({ name }) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}[])@(${names.join('|')})(?![\\p{L}\\p{N}])`, 'gu');
  return text.replace(pattern, (whole, name: string) => {
    const person = known.find((one) => one.name === name);
    return person ? `[@${name.replace(/[[\]\\]/g, '\\$&')}](headway:user/${person.id})` : whole;
  });
}

/** The person that a link mentions. */
export function mentionedPerson(href: string): string | null {
  return MENTION.exec(href)?.[1] ?? null;
}
