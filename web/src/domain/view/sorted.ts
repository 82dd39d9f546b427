/** A list kept in order: a change of a few among many costs one pass instead of a sort. */

type Compare<T> = (a: T, b: T) => number;

/** Above this share of changed items it is cheaper to sort anew. */
const MANY = 0.1;

export class Sorted<T extends object> {
  private items: readonly T[] = [];
  private members: ReadonlySet<T> = new Set();

  constructor(private readonly compare: Compare<T>) {}

  /** `next` in order. Objects that were there before are taken to be unchanged. */
  of(next: readonly T[]): readonly T[] {
    const members = new Set(next);
    const fresh = next.filter((item) => !this.members.has(item));
    if (fresh.length > next.length * MANY) this.items = [...next].sort(this.compare);
    else if (fresh.length > 0 || members.size !== this.members.size) {
      const kept = this.items.filter((item) => members.has(item));
      this.items = merge(kept, fresh.sort(this.compare), this.compare);
    }
    this.members = members;
    return this.items;
  }
}

function merge<T>(kept: readonly T[], fresh: readonly T[], compare: Compare<T>): readonly T[] {
  if (fresh.length === 0) return kept;
  const merged: T[] = [];
  let at = 0;
  for (const item of kept) {
    for (let next = fresh[at]; next !== undefined && compare(next, item) < 0; next = fresh[at]) {
      merged.push(next);
      at += 1;
    }
    merged.push(item);
  }
  return merged.concat(fresh.slice(at));
}
