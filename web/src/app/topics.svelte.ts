/**
 * Bridges the sync store's topics to Svelte: what reads a topic runs again when the topic changes.
 *
 * All topics share a fixed number of signals, found by hash: a reader may run once too often, never too seldom, reading
 * costs no more than an index, and nothing is left behind by rows that were scrolled past.
 */

const SIGNALS = 4096;

class Signal {
  private count = $state(0);
  /** Nobody has to be told again before somebody has read again. */
  private wasRead = false;

  read(): void {
    this.wasRead = true;
    void this.count;
  }

  change(): void {
    if (!this.wasRead) return;
    this.wasRead = false;
    this.count += 1;
  }
}

export class Topics {
  private readonly signals = Array.from({ length: SIGNALS }, () => new Signal());

  /** Makes the running effect or derived value depend on `name`. */
  read(name: string): void {
    if ($effect.tracking()) this.signals[placeOf(name)]?.read();
  }

  changed(names: Iterable<string>): void {
    for (const name of names) this.signals[placeOf(name)]?.change();
  }
}

/** FNV-1a. */
function placeOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < name.length; at += 1) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
  return (hash ^ (hash >>> 16)) & (SIGNALS - 1);
}
