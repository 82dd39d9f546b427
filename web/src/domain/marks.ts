/** A text in pieces, some of which were found. Pure. */

/** Start and end of a stretch in code points, as the server counts them; the end is exclusive. */
export type Stretch = readonly number[];

export interface Piece {
  readonly text: string;
  readonly found: boolean;
}

/** `stretches` are in order and don't overlap. */
export function piecesOf(text: string, stretches: readonly Stretch[]): readonly Piece[] {
  const points = Array.from(text);
  const pieces: Piece[] = [];
  let done = 0;
  const add = (end: number, found: boolean): void => {
    if (end > done) pieces.push({ text: points.slice(done, end).join(''), found });
    done = Math.max(done, end);
  };
  for (const [start = 0, end = 0] of stretches) {
    add(start, false);
    add(end, true);
  }
  add(points.length, false);
  return pieces;
}

/** Where the words of a query stand in a title, before the server has said so. */
export function stretchesOf(text: string, words: readonly string[]): readonly Stretch[] {
  const lower = Array.from(text, (point) => point.toLowerCase());
  const marked = lower.map(() => false);
  for (const word of words) {
    const letters = Array.from(word);
    for (let at = 0; at + letters.length <= lower.length; at += 1) {
      if (letters.every((letter, place) => lower[at + place] === letter)) marked.fill(true, at, at + letters.length);
    }
  }
  const stretches: [number, number][] = [];
  marked.forEach((is, place) => {
    const last = stretches.at(-1);
    if (is && last?.[1] === place) last[1] = place + 1;
    else if (is) stretches.push([place, place + 1]);
  });
  return stretches;
}
