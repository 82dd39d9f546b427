/** The boxes of a Markdown text (`- [ ] measure`): which there are, and the text with one of them ticked. Pure. */
import type { Lexer, Token, Tokens } from 'marked';

export type Box = Tokens.ListItem;

/** Every place that may be a box; which ones are, is for the reader of Markdown to say. */
const PLACE = /^([ \t]*(?:(?:>|[-+*]|\d{1,9}[.)])[ \t]*)*\[)[ xX](\][ \t]+)/gm;
const NUMBERED = /^\uE000(\d+)\uE001/;

/** The boxes in the order in which they are shown. */
export function boxesOf(tokens: readonly Token[]): readonly Box[] {
  return tokens.flatMap((token) => {
    if (token.type === 'list') return (token as Tokens.List).items.flatMap(boxOf);
    return 'tokens' in token ? boxesOf(token.tokens ?? []) : [];
  });
}

/** What a box stands for: the line beside it. */
export function nameOfBox(box: Box): string {
  return (box.text.split('\n')[0] ?? '').replace(/!?\[([^\]]*)\]\([^)]*\)|[*_`~]+/g, '$1').trim();
}

/** The text with its nth box as `checked` says; as it is when it has none. */
export function withBox(lexer: Lexer, text: string, nth: number, checked: boolean): string {
  let places = 0;
  // Numbers go along with the boxes while the text is taken apart, so that it need not be done once for each.
  const numbered = text.replace(
    PLACE,
    (_, before: string, after: string) => `${before} ${after}\uE000${places++}\uE001`,
  );
  const box = boxesOf(lexer.blockTokens(numbered.replace(/\r\n?/g, '\n'), lexer.tokens))[nth];
  const place = box && NUMBERED.exec(box.text)?.[1];
  if (place === undefined) return text;
  let at = 0;
  return text.replace(PLACE, (whole, before: string, after: string) =>
    at++ === Number(place) ? `${before}${checked ? 'x' : ' '}${after}` : whole,
  );
}

function boxOf(item: Box): readonly Box[] {
  return [...(item.task ? [item] : []), ...boxesOf(item.tokens)];
}
