/** What differs between two texts, word by word. */

export interface Piece {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

/** Words times words above which what lies between the common ends counts as changed altogether. */
const MOST_PRODUCT = 4_000_000;

/** The pieces of both texts in order; those that are the same or removed make `before`, same or added `after`. */
export function diffWords(before: string, after: string): readonly Piece[] {
  const old = wordsOf(before);
  const now = wordsOf(after);
  let head = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) head += 1;
  let tail = 0;
  while (tail < Math.min(old.length, now.length) - head && old.at(-1 - tail) === now.at(-1 - tail)) tail += 1;
  const middle = changes(old.slice(head, old.length - tail), now.slice(head, now.length - tail));
  return joined([
    { kind: 'same', text: old.slice(0, head).join('') },
    ...middle,
    { kind: 'same', text: old.slice(old.length - tail).join('') },
  ]);
}

/** The same with long stretches that did not change cut to what stands around the changes. */
export function aroundChanges(pieces: readonly Piece[], context = 80): readonly Piece[] {
  return pieces.map((piece, index) => {
    const before = index > 0 ? piece.text.slice(0, context) : '';
    const after = index < pieces.length - 1 ? piece.text.slice(-context) : '';
    const isLong = piece.kind === 'same' && piece.text.length > before.length + after.length + context;
    return isLong ? { kind: piece.kind, text: `${before}${before && ' '}…${after && ' '}${after}` } : piece;
  });
}

/** Words, spaces and signs, which together are the text again. */
function wordsOf(text: string): readonly string[] {
  return text.match(/[\p{L}\p{N}\p{M}_]+|\n|[^\S\n]+|[^\p{L}\p{N}\p{M}_\s]/gu) ?? [];
}

function changes(old: readonly string[], now: readonly string[]): readonly Piece[] {
  if (old.length * now.length > MOST_PRODUCT) {
    return [
      { kind: 'removed', text: old.join('') },
      { kind: 'added', text: now.join('') },
    ];
  }
  return walk(old, now, commonLengths(old, now));
}

/** In row i, column j: how many words the rests of both texts from there on have in common. */
function commonLengths(old: readonly string[], now: readonly string[]): readonly Uint32Array[] {
  const rows = Array.from({ length: old.length + 1 }, () => new Uint32Array(now.length + 1));
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = now.length - 1; j >= 0; j -= 1) {
      const longest = Math.max(rows[i + 1]?.[j] ?? 0, rows[i]?.[j + 1] ?? 0);
      const row = rows[i];
      if (row) row[j] = old[i] === now[j] ? (rows[i + 1]?.[j + 1] ?? 0) + 1 : longest;
    }
  }
  return rows;
}

function walk(old: readonly string[], now: readonly string[], common: readonly Uint32Array[]): readonly Piece[] {
  const pieces: Piece[] = [];
  let i = 0;
  let j = 0;
  while (i < old.length || j < now.length) {
    if (i < old.length && old[i] === now[j]) {
      pieces.push({ kind: 'same', text: old[i] ?? '' });
      i += 1;
      j += 1;
    } else if (j >= now.length || (i < old.length && (common[i + 1]?.[j] ?? 0) >= (common[i]?.[j + 1] ?? 0))) {
      pieces.push({ kind: 'removed', text: old[i] ?? '' });
      i += 1;
    } else {
      pieces.push({ kind: 'added', text: now[j] ?? '' });
      j += 1;
    }
  }
  return pieces;
}

/** Neighbours of one kind as one piece, and no empty ones. */
function joined(pieces: readonly Piece[]): readonly Piece[] {
  const result: Piece[] = [];
  for (const piece of pieces) {
    const last = result.at(-1);
    if (piece.text === '') continue;
    if (last?.kind === piece.kind) result.splice(-1, 1, { kind: last.kind, text: last.text + piece.text });
    else result.push(piece);
  }
  return result;
}
