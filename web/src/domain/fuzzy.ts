/** How well a name fits what was typed. Pure. */

/** Small letters without accents, so that `zur` finds `Zürich`. */
export function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** 0 where it does not fit; the more, the better. Both are folded. */
export function fitness(query: string, name: string): number {
  if (query === '') return 1;
  if (name === query) return 100;
  if (name.startsWith(query)) return 90;
  const words = name.split(/[\s\-_/:.,]+/);
  if (words.some((word) => word.startsWith(query))) return 80;
  const parts = query.split(/\s+/);
  if (parts.length > 1 && parts.every((part) => words.some((word) => word.startsWith(part)))) return 70;
  if (name.includes(query)) return 60;
  if (parts.length > 1 && parts.every((part) => name.includes(part))) return 50;
  return isScattered(query, name) ? 20 - Math.min(19, name.length / 4) : 0;
}

/** The letters in their order, the first one at the start of a word: `mtp` fits `move to project`. */
function isScattered(query: string, name: string): boolean {
  const letters = query.replace(/\s+/g, '');
  for (let start = name.indexOf(letters.charAt(0)); start !== -1; start = name.indexOf(letters.charAt(0), start + 1)) {
    if (start > 0 && /[^\s]/.test(name.charAt(start - 1))) continue;
    let at = start;
    let found = 1;
    while (found < letters.length && (at = name.indexOf(letters.charAt(found), at + 1)) !== -1) found += 1;
    if (found === letters.length) return true;
  }
  return false;
}

/** The best `most`, the better ones first; equal ones stay in their order. `bonus` is added to what fits. */
export function best<T>(
  items: readonly T[],
  query: string,
  nameOf: (item: T) => string,
  most: number,
  bonus: (item: T) => number = () => 0,
): T[] {
  const wanted = fold(query.trim());
  return items
    .flatMap((item) => {
      const score = fitness(wanted, fold(nameOf(item)));
      return score > 0 ? [{ item, score: score + bonus(item) }] : [];
    })
    .sort((a, b) => b.score - a.score)
    .slice(0, most)
    .map(({ item }) => item);
}
