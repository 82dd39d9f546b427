/** What comes from the server: pulls by cursor, and the live stream between them. One tab of a browser runs it. */
import { Live, type EventStream } from './live.ts';
import type { Kept, Storage } from './persist.ts';
import { pull } from './pull.ts';
import type { Store } from './store.ts';
import type { Reach } from './tabs.ts';
import type { Held, LiveChanges, SyncLine, Versions } from './types.ts';

export interface Source {
  sync(cursor: string | null): Promise<AsyncIterable<SyncLine>>;
  events(): EventStream;
  task(id: string): Promise<Held | null>;
  /** Refreshes the session if needed; false when it has ended. Throws when the server is out of reach. */
  renew(): Promise<boolean>;
}

export interface UpstreamOptions {
  readonly source: Source;
  readonly storage: Storage;
  readonly store: Store;
  readonly later: (seconds: number, run: () => void) => () => void;
  readonly onReach: () => void;
  /** The live stream is open (again). */
  readonly onOpen: () => void;
  /** The store now holds these versions. */
  readonly onVersions: (versions: Versions) => Promise<void>;
}

/** Seconds until a pull that failed is tried again. */
const TRY_AGAIN = 5;

export class Upstream {
  private now: Reach = { link: 'unknown', signedOut: false, ready: false };
  private readonly live: Live;
  private cursor: string | null = null;
  private versions: Versions = {};
  private pulling: Promise<void> | null = null;
  private again: Versions | null = null;
  private held: LiveChanges[] = [];
  private stopped = false;

  constructor(private readonly options: UpstreamOptions) {
    const { source, later } = options;
    this.live = new Live({
      open: () => source.events(),
      later,
      renew: () => this.renew(),
      onHello: (streams) => this.hello(streams),
      onChanges: (changes) => this.changes(changes),
      onResync: () => void this.request({}),
      onDown: () => this.reached({ link: 'down' }),
    });
  }

  get reach(): Reach {
    return this.now;
  }

  /** Goes on from what is stored. Resolves after the first pull. */
  begin(kept: Kept): Promise<void> {
    this.cursor = kept.cursor;
    this.versions = kept.versions;
    this.reached({ ready: kept.complete });
    const first = this.request({});
    this.live.connect();
    return first;
  }

  /** Tries everything now. */
  restart(): void {
    this.reached({ signedOut: false });
    this.live.restart();
    void this.request({});
  }

  stop(): void {
    this.stopped = true;
    this.live.close();
  }

  reached(news: Partial<Reach>): void {
    this.now = { ...this.now, ...news };
    if (!this.stopped) this.options.onReach();
  }

  /** Catches up with at least the given versions. */
  request(atLeast: Versions): Promise<void> {
    if (this.pulling) {
      this.again = { ...this.again, ...atLeast };
      return this.pulling;
    }
    this.pulling = this.pullAll(atLeast).finally(() => {
      this.pulling = null;
    });
    return this.pulling;
  }

  private async pullAll(atLeast: Versions): Promise<void> {
    let wanted: Versions | null = atLeast;
    while (wanted && !this.stopped) {
      this.again = null;
      if (!(await this.pullOnce(wanted))) return;
      wanted = this.again;
    }
    const held = this.held;
    this.held = [];
    for (const changes of held) this.applyLive(changes);
  }

  /** Whether the pull reached its end. */
  private async pullOnce(atLeast: Versions): Promise<boolean> {
    const { source, storage, store, later } = this.options;
    try {
      const result = await pull({
        store,
        lines: await source.sync(this.cursor),
        versions: this.versions,
        delta: this.cursor !== null,
        fresh: !this.now.ready,
        onProgress: (cursor) => storage.saveCursor(cursor, this.versions, false),
      });
      this.cursor = result.cursor;
      this.versions = highest(result.versions, atLeast);
      storage.saveCursor(this.cursor, this.versions, true);
      await this.fetchMissing(result.missing);
      await this.options.onVersions(this.versions);
      this.reached({ ready: true });
      return true;
    } catch (error) {
      if (error instanceof SignedOut) this.reached({ signedOut: true });
      else {
        later(TRY_AGAIN, () => void (this.stopped || this.request({})));
        this.options.onReach();
      }
      return false;
    }
  }

  private hello(streams: Versions): void {
    this.reached({ link: 'open', signedOut: false });
    const behind = Object.entries(streams).some(([stream, version]) => (this.versions[stream] ?? -1) < version);
    if (behind || this.pulling) void this.request(streams);
    this.options.onOpen();
  }

  private changes(changes: LiveChanges): void {
    if (this.pulling) this.held.push(changes);
    else this.applyLive(changes);
  }

  private applyLive({ stream, from, to, entries }: LiveChanges): void {
    const version = this.versions[stream];
    if (version !== undefined && to <= version) return;
    if (version === undefined || from > version) {
      void this.request({ [stream]: to });
      return;
    }
    const { missing } = this.options.store.applyEntries(entries, true);
    this.versions = { ...this.versions, [stream]: to };
    void this.fetchMissing(missing);
    void this.options.onVersions(this.versions);
    // What may be seen has changed: the pull brings what came into view, and names what left it.
    if (stream.startsWith('access:')) void this.request({});
  }

  private async fetchMissing(ids: readonly string[]): Promise<void> {
    for (const id of new Set(ids)) {
      const task = await this.options.source.task(id).catch(() => null);
      if (task) this.options.store.applyObjects([task]);
    }
  }

  /** Whether to connect again. While it is asked for, nothing is said to be offline: most often only the session was stale. */
  private async renew(): Promise<boolean> {
    try {
      if (await this.options.source.renew()) return true;
      this.reached({ signedOut: true });
      return false;
    } catch {
      this.reached({ link: 'down' });
      return true;
    }
  }
}

export class SignedOut extends Error {}

function highest(versions: Versions, atLeast: Versions): Versions {
  const result: Record<string, number> = { ...versions };
  for (const [stream, version] of Object.entries(atLeast)) {
    result[stream] = Math.max(version, result[stream] ?? 0);
  }
  return result;
}
