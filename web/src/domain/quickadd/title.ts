/** What remains of the text when that is taken out which was understood. */
import type { Token } from './types.ts';

const GONE = '\u0001';
const BEFORE_PUNCTUATION = new RegExp(`[ ${GONE}]*${GONE}[ ${GONE}]*(?=[,;:.!?)]+(?: |$))`, 'g');
const BETWEEN = new RegExp(`[ ${GONE}]*${GONE}[ ${GONE}]*`, 'g');

/** An unknown name stays, a literal loses its quotation marks. */
export function titleOf(text: string, tokens: readonly Token[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { kind, start, end, value } of tokens) {
    if (kind === 'unknown') continue;
    pieces.push(text.slice(at, start), kind === 'literal' ? String(value) : GONE);
    at = end;
  }
  const left = (pieces.join('') + text.slice(at)).trim();
  const title = left
    .replace(BEFORE_PUNCTUATION, '')
    .replace(BETWEEN, ' ')
    .replace(/([,;:]) *(?=[,;:.])/g, left.includes(GONE) ? '' : '$1')
    .replace(/ +/g, ' ')
    .trim();
  return withoutLooseEnds(title, left);
}

/** "Tomorrow: call mum" and "call mum, tomorrow" leave punctuation behind. */
function withoutLooseEnds(title: string, left: string): string {
  const start = left.startsWith(GONE) ? title.replace(/^[ ,;:.!?–-]+(?= |$)|^[,;:.!?]+/, '') : title;
  return (left.endsWith(GONE) ? start.replace(/(?:[,;:]| [–-])+$/, '') : start).trim();
}
