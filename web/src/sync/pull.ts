/** One pass over GET /api/v1/sync: a snapshot when there is no cursor, else what changed since. */
import { paced } from './pace.ts';
import { heldOf, keyOf } from './reducer.ts';
import type { Store } from './store.ts';
import type { Entry, Held, SyncLine, Versions } from './types.ts';

export interface PullResult {
  readonly cursor: string;
  /** Stream versions that the store now holds. */
  readonly versions: Versions;
  readonly missing: readonly string[];
}

export interface PullOptions {
  readonly store: Store;
  readonly lines: AsyncIterable<SyncLine>;
  readonly versions: Versions;
  /** Whether a cursor was sent, so that the answer is what changed since (unless it says `reset`). */
  readonly delta: boolean;
  /** True when the store is empty: then parts of the snapshot may be kept, and resumed after an interruption. */
  readonly fresh: boolean;
  readonly onProgress: (cursor: string) => void;
}

/** Lines applied at once; between two pieces the page may paint. */
const PIECE = 200;

export async function pull(options: PullOptions): Promise<PullResult> {
  const pass = new Pass(options);
  const pause = paced();
  for await (const line of options.lines) {
    const cursor = pass.take(line);
    await pause();
    if (cursor !== null) return { cursor, versions: pass.versions, missing: pass.missing };
  }
  throw new Error('The sync answer broke off before its end.');
}

class Pass {
  versions: Record<string, number>;
  readonly missing: string[] = [];
  private objects: Held[] = [];
  private entries: Entry[] = [];
  /** Names in a whole snapshot; null while reading a delta. */
  private seen: Set<string> | null = null;

  constructor(private readonly options: PullOptions) {
    this.versions = { ...options.versions };
  }

  /** The cursor at the end, else null. */
  take(line: SyncLine): string | null {
    switch (line.type) {
      case 'reset':
        this.seen = new Set();
        this.versions = {};
        return null;
      case 'begin':
        // A snapshot over existing objects replaces them: what it does not name is gone.
        if (!this.options.delta && !this.options.fresh) this.seen ??= new Set();
        this.versions = { ...this.versions, ...line.streams };
        return null;
      case 'object':
        this.takeObject(heldOf(line));
        return null;
      case 'entry':
        this.takeEntry(line);
        return null;
      case 'leave':
        this.flush();
        this.options.store.drop(line.stream, line.scope);
        return null;
      case 'progress':
        this.flush();
        if (this.options.fresh) this.options.onProgress(line.cursor);
        return null;
      case 'end':
        return this.end(line);
      default:
        return null;
    }
  }

  private takeObject(object: Held): void {
    this.seen?.add(`${object.kind}/${keyOf(object)}`);
    this.objects.push(object);
    if (this.objects.length >= PIECE || this.entries.length > 0) this.flush();
  }

  private takeEntry(entry: Entry): void {
    if (this.objects.length > 0) this.flush();
    this.entries.push(entry);
    this.versions[entry.stream] = Math.max(entry.version, this.versions[entry.stream] ?? 0);
    if (entry.op !== 'delete' && entry.op !== 'leave') this.seen?.add(`${entry.kind}/${keyOf(entry)}`);
    if (this.entries.length >= PIECE) this.flush();
  }

  private end(line: Extract<SyncLine, { type: 'end' }>): string {
    this.flush();
    if (this.seen) this.options.store.keepOnly(this.seen);
    // Streams that may not be seen any more are not among them.
    if (line.streams) this.versions = { ...line.streams };
    return line.cursor;
  }

  private flush(): void {
    if (this.entries.length > 0) this.missing.push(...this.options.store.applyEntries(this.entries).missing);
    if (this.objects.length > 0) this.options.store.applyObjects(this.objects);
    this.entries = [];
    this.objects = [];
  }
}
