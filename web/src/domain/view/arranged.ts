/** Things in order and in groups, kept so: a change of a few among many moves only those. */
import { changesBetween } from './changes.ts';
import { groupByEach } from './groups.ts';

interface Known {
  readonly id: string;
}

/** By the key of each group, and under ALL. */
export type Groups<T> = ReadonlyMap<string, readonly T[]>;

export interface Rules<T> {
  readonly admits: (item: T) => boolean;
  /** A total order: two different things are never equal. */
  readonly compare: (a: T, b: T) => number;
  readonly keysOf: (item: T) => readonly string[];
}

/** The key under which everything is. */
export const ALL = '*';

/** Up to so many changes are made one by one; with more it is cheaper to sort, which is quick with what is in order. */
const FEW = 16;

export class Arranged<T extends Known> {
  private last: readonly T[] = [];
  private groups: Groups<T> = new Map();

  constructor(private readonly rules: Rules<T>) {}

  /** `list` by these rules. What has not changed since the last call is given as it was: things, groups, all of them. */
  of(list: readonly T[]): Groups<T> {
    if (list === this.last) return this.groups;
    const changes = changesBetween(this.last, list);
    this.last = list;
    const gone = this.grouped(changes.gone);
    const come = this.grouped(changes.come);
    if (gone.size === 0 && come.size === 0) return this.groups;
    const groups = new Map(this.groups);
    for (const key of new Set([...gone.keys(), ...come.keys()])) {
      const things = changed(groups.get(key) ?? [], gone.get(key) ?? [], come.get(key) ?? [], this.rules.compare);
      if (things.length > 0) groups.set(key, things);
      else groups.delete(key);
    }
    this.groups = groups;
    return groups;
  }

  private grouped(items: readonly T[]): Groups<T> {
    return groupByEach(items.filter(this.rules.admits), (item) => [ALL, ...this.rules.keysOf(item)]);
  }
}

function changed<T>(
  things: readonly T[],
  gone: readonly T[],
  come: readonly T[],
  compare: (a: T, b: T) => number,
): readonly T[] {
  if (gone.length + come.length > FEW) {
    const left = new Set(gone);
    return [...things.filter((thing) => !left.has(thing)), ...come].sort(compare);
  }
  const next = [...things];
  for (const thing of gone) next.splice(next.indexOf(thing), 1);
  for (const thing of come) next.splice(placeOf(next, thing, compare), 0, thing);
  return next;
}

/** Where a thing belongs in what is in order. */
function placeOf<T>(things: readonly T[], thing: T, compare: (a: T, b: T) => number): number {
  let low = 0;
  let high = things.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compare(things[middle] as T, thing) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
