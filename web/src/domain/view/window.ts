/** Which of many things are in the page: those near what is seen, and those under the hand. Pure. */

/** Things are taken in and let go in steps, so that scrolling by a little changes nothing. */
const STEP = 2;

/** Where each of `count` things begins; the last number is where they end. */
export function offsetsOf(count: number, heightOf: (index: number) => number): Float64Array {
  const offsets = new Float64Array(count + 1);
  for (let index = 0; index < count; index += 1) {
    offsets[index + 1] = (offsets[index] ?? 0) + heightOf(index);
  }
  return offsets;
}

export interface Range {
  /** Inclusive. */
  readonly first: number;
  /** Exclusive. */
  readonly last: number;
}

/** The things between two heights, with `margin` more on both sides. */
export function rangeBetween(offsets: Float64Array, top: number, bottom: number, margin: number): Range {
  const count = offsets.length - 1;
  const end = offsets[count] ?? 0;
  if (count === 0 || bottom + margin < 0 || top - margin > end) return { first: 0, last: 0 };
  const first = Math.floor(indexAt(offsets, top - margin) / STEP) * STEP;
  const last = Math.ceil((indexAt(offsets, bottom + margin) + 1) / STEP) * STEP;
  return { first, last: Math.min(last, count) };
}

export interface Piece {
  readonly index: number;
  /** The room of those that are left out before it. */
  readonly gap: number;
}

export interface Pieces {
  readonly items: readonly Piece[];
  /** The room of those that are left out after the last. */
  readonly rest: number;
}

/** What is in the page: the range, and the pinned ones wherever they are. */
export function piecesOf(offsets: Float64Array, range: Range, pinned: readonly number[]): Pieces {
  const count = offsets.length - 1;
  const outside = pinned.filter(
    (index) => index >= 0 && index < count && !(index >= range.first && index < range.last),
  );
  const last = Math.min(range.last, count);
  const indexes = Array.from({ length: Math.max(0, last - range.first) }, (_, step) => range.first + step);
  const items: Piece[] = [];
  let reached = 0;
  for (const index of [...new Set([...outside, ...indexes])].sort((a, b) => a - b)) {
    items.push({ index, gap: (offsets[index] ?? 0) - reached });
    reached = offsets[index + 1] ?? 0;
  }
  return { items, rest: (offsets[count] ?? 0) - reached };
}

/**
 * Which place in the page each thing has. What stays keeps its place; what comes takes one that was left, so that an
 * element is filled anew instead of being made.
 */
export function placesFor(ids: readonly string[], before: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const wanted = new Set(ids);
  const left = [...before].flatMap(([id, place]) => (wanted.has(id) ? [] : [place]));
  let made = Math.max(-1, ...before.values()) + 1;
  return new Map(ids.map((id) => [id, before.get(id) ?? left.pop() ?? made++]));
}

/** The thing at a height; the first or last one beyond the ends. */
function indexAt(offsets: Float64Array, height: number): number {
  let low = 0;
  let high = offsets.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((offsets[middle] ?? 0) <= height) low = middle;
    else high = middle - 1;
  }
  return low;
}
