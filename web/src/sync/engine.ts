/** Ties store, storage, outbox, pulls and the live stream together for one signed-in person. */
import { Live, type EventStream } from './live.ts';
import { Outbox, type SendBatch } from './outbox.ts';
import type { Storage } from './persist.ts';
import { pull } from './pull.ts';
import { Store, type Indexes } from './store.ts';
import type { Held, LiveChanges, NewWrite, SyncLine, Versions, Write } from './types.ts';

export type SyncState = 'saved' | 'saving' | 'offline' | 'sign-in' | 'attention';

export interface SyncStatus {
  readonly state: SyncState;
  /** Writes that the server has not acknowledged. */
  readonly waiting: number;
  readonly refused: number;
  /** False until objects from the storage or a first snapshot are there. */
  readonly ready: boolean;
}

/** What the engine needs from the world; a test gives its own. */
export interface Transport {
  sync(cursor: string | null): Promise<AsyncIterable<SyncLine>>;
  batch: SendBatch;
  events(): EventStream;
  task(id: string): Promise<Held | null>;
  /** Refreshes the session if needed; false when it has ended. Throws when the server is out of reach. */
  renew(): Promise<boolean>;
}

export interface EngineOptions {
  readonly transport: Transport;
  readonly storage: Storage;
  readonly indexes: Indexes;
  readonly onStatus: (status: SyncStatus) => void;
  /** Told the body of the server's answer to a write. */
  readonly onAnswer?: (key: string, answer: unknown) => void;
  /** As in OutboxOptions. */
  readonly onRefused: (write: Write) => boolean;
  readonly later: (seconds: number, run: () => void) => () => void;
  readonly exclusive: <T>(task: () => Promise<T>) => Promise<T>;
}

export class Engine {
  readonly store: Store;
  readonly outbox: Outbox;
  private readonly live: Live;
  private cursor: string | null = null;
  private versions: Versions = {};
  private pulling: Promise<void> | null = null;
  private again: Versions | null = null;
  private held: LiveChanges[] = [];
  private connected = false;
  private signedOut = false;
  private ready = false;
  private stopped = false;

  constructor(private readonly options: EngineOptions) {
    const { transport, storage, later } = options;
    this.store = new Store(options.indexes);
    this.outbox = new Outbox({
      storage: storage.outbox,
      send: (writes) => this.send(writes),
      exclusive: options.exclusive,
      later,
      onAnswer: (key, result) => options.onAnswer?.(key, result?.body ?? null),
      onRefused: options.onRefused,
      onChange: (writes) => {
        this.store.setPending(writes);
        this.report();
      },
    });
    this.live = new Live({
      open: () => transport.events(),
      later,
      renew: () => this.renew(),
      onHello: (streams) => this.hello(streams),
      onChanges: (changes) => this.changes(changes),
      onResync: () => this.request({}),
      onDown: () => {
        this.connected = false;
        this.report();
      },
    });
  }

  /** Shows what is stored, then catches up. Resolves once something can be shown. */
  async start(): Promise<void> {
    const kept = await this.options.storage.load();
    this.cursor = kept.cursor;
    this.versions = kept.versions;
    this.store.applyObjects(kept.objects);
    this.store.subscribe((change) => this.options.storage.save(change.confirmed));
    await this.outbox.load();
    this.ready = kept.complete;
    this.report();
    const first = this.request({});
    this.live.connect();
    void this.outbox.drain();
    if (!this.ready) await first;
  }

  stop(): void {
    this.stopped = true;
    this.outbox.stop();
    this.live.close();
  }

  write(write: NewWrite): Promise<void> {
    return this.outbox.add(write);
  }

  /** The network is back, or the person signed in again: try everything now. */
  resume(): void {
    this.signedOut = false;
    this.live.restart();
    void this.request({});
    void this.outbox.drain();
    this.report();
  }

  offline(): void {
    this.connected = false;
    this.report();
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
    try {
      const lines = await this.options.transport.sync(this.cursor);
      const result = await pull({
        store: this.store,
        lines,
        versions: this.versions,
        delta: this.cursor !== null,
        fresh: !this.ready,
        onProgress: (cursor) => this.options.storage.saveCursor(cursor, this.versions, false),
      });
      this.cursor = result.cursor;
      this.versions = highest(result.versions, atLeast);
      this.ready = true;
      this.options.storage.saveCursor(this.cursor, this.versions, true);
      await this.fetchMissing(result.missing);
      await this.outbox.settle(this.versions, !this.connected);
      this.report();
      return true;
    } catch (error) {
      if (isSignedOut(error)) this.signedOut = true;
      else this.options.later(5, () => void (this.stopped || this.request({})));
      this.report();
      return false;
    }
  }

  private hello(streams: Versions): void {
    this.connected = true;
    this.signedOut = false;
    const behind = Object.entries(streams).some(([stream, version]) => (this.versions[stream] ?? -1) < version);
    if (behind || this.pulling) void this.request(streams);
    void this.outbox.drain();
    this.report();
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
    const { missing } = this.store.applyEntries(entries, true);
    this.versions = { ...this.versions, [stream]: to };
    void this.fetchMissing(missing);
    void this.outbox.settle(this.versions);
    // What may be seen has changed: the pull brings what came into view, and names what left it.
    if (stream.startsWith('access:')) void this.request({});
  }

  private async fetchMissing(ids: readonly string[]): Promise<void> {
    for (const id of new Set(ids)) {
      const task = await this.options.transport.task(id).catch(() => null);
      if (task) this.store.applyObjects([task]);
    }
  }

  private async send(writes: readonly Write[]): ReturnType<SendBatch> {
    const answer = await this.options.transport.batch(writes);
    if (answer.kind === 'signed-out') this.signedOut = true;
    if (answer.kind === 'offline') this.connected = false;
    // Without the live stream the acknowledged state has to be fetched.
    if (answer.kind === 'answered' && !this.connected) void this.request({});
    this.report();
    return answer;
  }

  private async renew(): Promise<boolean> {
    try {
      if (await this.options.transport.renew()) return true;
      this.signedOut = true;
      this.report();
      return false;
    } catch {
      return true;
    }
  }

  private report(): void {
    if (this.stopped) return;
    const refused = this.outbox.all.filter((write) => write.state === 'refused').length;
    const waiting = this.outbox.all.filter((write) => write.state === 'queued').length;
    this.options.onStatus({ state: this.state(waiting, refused), waiting, refused, ready: this.ready });
  }

  private state(waiting: number, refused: number): SyncState {
    if (this.signedOut) return 'sign-in';
    if (refused > 0) return 'attention';
    if (!this.connected) return 'offline';
    return waiting > 0 ? 'saving' : 'saved';
  }
}

export class SignedOut extends Error {}

function isSignedOut(error: unknown): boolean {
  return error instanceof SignedOut;
}

function highest(versions: Versions, atLeast: Versions): Versions {
  const result: Record<string, number> = { ...versions };
  for (const [stream, version] of Object.entries(atLeast)) {
    result[stream] = Math.max(version, result[stream] ?? 0);
  }
  return result;
}
