/** What was understood as people are told it: a day with its time is one thing, however it was written. */
import type { Kind, Token } from './types.ts';

export interface Chip {
  readonly kind: Kind;
  /** What is taken back with it. */
  readonly tokens: readonly Token[];
  readonly first: Token;
}

/** In the order of the text. */
export function chipsOf(tokens: readonly Token[]): readonly Chip[] {
  const when = tokens.filter(({ kind }) => kind === 'due' || kind === 'time');
  return tokens.flatMap((token): Chip[] => {
    if (!when.includes(token)) return [{ kind: token.kind, tokens: [token], first: token }];
    return token === when[0] ? [{ kind: 'due', tokens: when, first: token }] : [];
  });
}
