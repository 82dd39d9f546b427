/** Names that fit the sign (`#project @person +label !priority`) that is being written. Pure. */
import { best, fold } from './fuzzy.ts';

export type Sign = '#' | '@' | '+' | '!';

/** The word with a sign that the caret stands in; `start` is the place of the sign. */
export interface Signed {
  readonly sign: Sign;
  readonly start: number;
  readonly end: number;
  readonly query: string;
}

const SIGNED = /(?:^|\s)([#@+!])([^\s#@+!]*)$/u;

export function signedAt(text: string, caret: number): Signed | null {
  const found = SIGNED.exec(text.slice(0, caret));
  if (!found) return null;
  const [, sign, query] = found;
  return { sign: sign as Sign, query: query ?? '', start: caret - (query?.length ?? 0) - 1, end: caret };
}

/** The best first; none when the word is a whole name already. */
export function suggested<T extends { readonly name: string }>(query: string, names: readonly T[], most = 8): T[] {
  const wanted = fold(query);
  if (query !== '' && names.some(({ name }) => fold(name) === wanted)) return [];
  return best(names, query, ({ name }) => name, most);
}

/** The text with the whole name at the place of the word, and the caret behind it. */
export function completed(text: string, { sign, start, end }: Signed, name: string): { text: string; caret: number } {
  const written = `${sign}${name} `;
  const rest = text.slice(end).replace(/^ /, '');
  return { text: text.slice(0, start) + written + rest, caret: start + written.length };
}
