/** The tasks that are selected, to be changed together. */
import { SvelteSet } from 'svelte/reactivity';
import { rangeOf } from '../domain/selecting.ts';

export class Selection {
  private readonly chosen = new SvelteSet<string>();
  /** Where a range begins. */
  private anchor: string | null = null;
  /** What the present range has selected: a range that becomes shorter lets go of the rest. */
  private range: readonly string[] = [];

  get size(): number {
    return this.chosen.size;
  }

  get ids(): readonly string[] {
    return [...this.chosen];
  }

  has(id: string): boolean {
    return this.chosen.has(id);
  }

  toggle(id: string): void {
    if (!this.chosen.delete(id)) this.chosen.add(id);
    this.anchor = id;
    this.range = [];
  }

  /** From where the last selection began up to `id`; `from` where none has begun. */
  extend(order: readonly string[], id: string, from: string | null = null): void {
    this.anchor ??= from ?? id;
    for (const one of this.range) this.chosen.delete(one);
    this.range = rangeOf(order, this.anchor, id);
    for (const one of this.range) this.chosen.add(one);
  }

  all(order: readonly string[]): void {
    for (const id of order) this.chosen.add(id);
    this.range = [];
  }

  clear(): void {
    this.chosen.clear();
    this.anchor = null;
    this.range = [];
  }
}
