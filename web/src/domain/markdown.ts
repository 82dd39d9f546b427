/**
 * Markdown as tokens, with bounded work: no text that somebody writes holds up everybody who opens the task. What is
 * beyond the bounds is shown as it was written. Pure.
 */
import type { Lexer, Token } from 'marked';

/** Emphasis and links are looked for in a time that grows faster than the text that they are looked for in. */
const LONGEST = 8000;
const MOST_SIGNS = 600;
/** Quotes, lists and emphasis within each other; each is a step down the stack. */
const DEEPEST = 48;
const MARKERS = new RegExp(`^[ \\t]*(?:(?:>|[-+*]|\\d{1,9}[.)])[ \\t]*){${DEEPEST / 2}}`, 'm');

/** The tokens of a text; null when it is nested too deep. */
export function tokensOf(lexer: Lexer, text: string): readonly Token[] | null {
  if (MARKERS.test(text)) return null;
  const blocks = lexer.blockTokens(text.replace(/\r\n?/g, '\n'), lexer.tokens);
  for (const { src, tokens } of lexer.inlineQueue) {
    if (isTame(src)) lexer.inlineTokens(src, tokens);
    else tokens.push({ type: 'text', raw: src, text: src });
  }
  return isShallow(blocks, DEEPEST) ? blocks : null;
}

function isTame(text: string): boolean {
  return text.length <= LONGEST && (text.match(/[*_~]/g)?.length ?? 0) <= MOST_SIGNS;
}

function isShallow(tokens: readonly Token[], left: number): boolean {
  return left > 0 && tokens.every((token) => within(token).every((inner) => isShallow(inner, left - 1)));
}

function within(token: Token): readonly (readonly Token[])[] {
  const parts = token.type === 'list' ? (token['items'] as readonly Token[]) : [token];
  return parts.map((part) => ('tokens' in part ? (part.tokens ?? []) : []));
}
