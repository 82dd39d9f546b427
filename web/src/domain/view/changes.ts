/** What differs between two readings of one list. Pure. */

interface Known {
  readonly id: string;
}

export interface Changes<T> {
  /** What is no longer there, or not as it was. */
  readonly gone: readonly T[];
  /** What is new, or has changed. */
  readonly come: readonly T[];
}

/**
 * One pass that looks into nothing that stayed. Lists of the store keep their order but for what is added at the end; of
 * any other list, what stands elsewhere than before counts as changed.
 */
export function changesBetween<T extends Known>(before: readonly T[], after: readonly T[]): Changes<T> {
  const gone: T[] = [];
  const come: T[] = [];
  let at = 0;
  for (const item of before) {
    const now = after[at];
    if (now === item) at += 1;
    else {
      gone.push(item);
      if (now?.id !== item.id) continue;
      come.push(now);
      at += 1;
    }
  }
  for (; at < after.length; at += 1) come.push(after[at] as T);
  return { gone, come };
}

/** How many of a list are of a kind, counted on as the list changes. */
export class Tally<T extends Known> {
  private last: readonly T[] = [];
  private count = 0;

  constructor(private readonly counts: (item: T) => boolean) {}

  of(list: readonly T[]): number {
    const { gone, come } = changesBetween(this.last, list);
    this.count += come.filter(this.counts).length - gone.filter(this.counts).length;
    this.last = list;
    return this.count;
  }
}
