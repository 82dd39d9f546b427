/** Which of many things are in the page: those near what is seen, and those under the hand. Pure. */

/** Where things that stand below one another begin, in pixels. */
export interface Heights {
  readonly count: number;
  /** Where the thing begins; that of `count` is where the last one ends. */
  offset(index: number): number;
  /** The thing at a height; the first or last one beyond the ends. */
  at(height: number): number;
}

/** All are as high. */
export function evenHeights(count: number, height: number): Heights {
  return {
    count,
    offset: (index) => index * height,
    at: (top) => Math.max(0, Math.min(count - 1, Math.floor(top / height))),
  };
}

/** Each has a height of its own. */
export function unevenHeights(count: number, heightOf: (index: number) => number): Heights {
  const offsets = new Float64Array(count + 1);
  for (let index = 0; index < count; index += 1) offsets[index + 1] = (offsets[index] ?? 0) + heightOf(index);
  return { count, offset: (index) => offsets[index] ?? 0, at: (top) => indexAt(offsets, top) };
}

export interface Range {
  /** Inclusive. */
  readonly first: number;
  /** Exclusive. */
  readonly last: number;
}

/** Where things of these ids are in a list. */
export function placesIn(items: readonly { readonly id: string }[], ids: ReadonlySet<string>): readonly number[] {
  const places: number[] = [];
  if (ids.size === 0) return places;
  // The plain loop takes a tenth of the time of an iterator, and runs at every edit.
  for (let place = 0; place < items.length; place += 1) if (ids.has(items[place]?.id ?? '')) places.push(place);
  return places;
}

/**
 * The things between two heights, with `margin` more on both sides; at least so many, if there are: where things are
 * lower and higher, a number that stays makes and removes no elements while one scrolls.
 */
export function rangeBetween(heights: Heights, top: number, bottom: number, margin: number, least = 0): Range {
  const { count } = heights;
  if (count === 0 || bottom + margin < 0 || top - margin > heights.offset(count)) return { first: 0, last: 0 };
  const first = heights.at(top - margin);
  const last = Math.min(count, Math.max(heights.at(bottom + margin) + 1, first + least));
  return { first: Math.max(0, Math.min(first, last - least)), last };
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
export function piecesOf(heights: Heights, range: Range, pinned: readonly number[]): Pieces {
  const { count } = heights;
  const outside = pinned.filter(
    (index) => index >= 0 && index < count && !(index >= range.first && index < range.last),
  );
  const last = Math.min(range.last, count);
  const indexes = Array.from({ length: Math.max(0, last - range.first) }, (_, step) => range.first + step);
  const items: Piece[] = [];
  let reached = 0;
  for (const index of [...new Set([...outside, ...indexes])].sort((a, b) => a - b)) {
    items.push({ index, gap: heights.offset(index) - reached });
    reached = heights.offset(index + 1);
  }
  return { items, rest: heights.offset(count) - reached };
}

/** What is in the page: `kind` says what parts it is shown with. */
export interface Shown {
  readonly id: string;
  readonly kind: string;
}

/** A place in the page, and the kind of what it was last filled with. */
export interface Place {
  readonly key: number;
  readonly kind: string;
}

/**
 * Which place in the page each thing has. What stays keeps its place; what comes takes one that was left, so that an
 * element is filled anew instead of being made: if there is one, that of a thing of its kind, which has the same parts.
 */
export function placesFor(things: readonly Shown[], before: ReadonlyMap<string, Place>): ReadonlyMap<string, Place> {
  const wanted = new Set(things.map(({ id }) => id));
  const left = [...before].flatMap(([id, place]) => (wanted.has(id) ? [] : [place]));
  let made = Math.max(-1, ...[...before.values()].map(({ key }) => key)) + 1;
  const take = (kind: string): number => {
    const alike = left.findIndex((place) => place.kind === kind);
    const [taken] = left.splice(alike === -1 ? left.length - 1 : alike, 1);
    return taken?.key ?? made++;
  };
  return new Map(things.map(({ id, kind }) => [id, { key: before.get(id)?.key ?? take(kind), kind }]));
}

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
