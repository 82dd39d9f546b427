/** Ties store, storage, outbox, the server and the other tabs together for one signed-in person. */
import type { BatchResult, SendBatch } from './batch.ts';
import { Outbox } from './outbox.ts';
import type { Storage } from './persist.ts';
import { readAgain, readFirst, readTasks } from './reading.ts';
import { Store, type Change, type Indexes } from './store.ts';
import type { Reach, TabMessage, Tabs } from './tabs.ts';
import type { NewWrite, Versions, Write } from './types.ts';
import { Upstream, type Source } from './upstream.ts';

export type SyncState = 'saved' | 'saving' | 'offline' | 'sign-in' | 'attention';

export interface SyncStatus {
  readonly state: SyncState;
  /** Writes that the server has not acknowledged. */
  readonly waiting: number;
  readonly refused: number;
  /** False until what the first screen shows is there, from the storage or a first snapshot. */
  readonly ready: boolean;
}

/** What the engine needs from the world; a test gives its own. */
export interface Transport extends Source {
  batch: SendBatch;
}

export interface EngineOptions {
  readonly me: string;
  readonly transport: Transport;
  readonly storage: Storage;
  readonly tabs: Tabs;
  readonly indexes: Indexes;
  /** Scopes whose tasks the first screen shows, asked once all but the tasks is there. */
  readonly firstScopes?: (store: Store) => readonly string[];
  readonly onStatus: (status: SyncStatus) => void;
  /** Told the body of the server's answer to a write. */
  readonly onAnswer?: (key: string, answer: unknown) => void;
  /** As in OutboxOptions. */
  readonly onRefused: (write: Write) => boolean;
  readonly later: (seconds: number, run: () => void) => () => void;
}

export class Engine {
  readonly store: Store;
  readonly outbox: Outbox;
  private readonly upstream: Upstream;
  /** What the leading tab told of the server. */
  private told: Reach = { link: 'unknown', signedOut: false, ready: false };
  /** What the leading tab held when this one came has been read: until then it may be ready while this one is empty. */
  private welcomed = false;
  /** What other tabs said while the storage was being read. */
  private unheard: TabMessage[] | null = [];
  /** What is stored is shown, so a screen need not wait for the server. */
  private shown = false;
  /** What the store tells now comes from another tab or from the storage. */
  private hearing = false;
  private edition = 0;
  /** Keys of what was written in this tab. */
  private readonly mine = new Set<string>();
  /** There may be somebody to tell. */
  private company = false;
  /** Writes that are on their way into the queue. */
  private storing = 0;
  private stopped = false;

  constructor(private readonly options: EngineOptions) {
    const { transport, storage, later, tabs } = options;
    this.store = new Store(options.indexes);
    this.upstream = new Upstream({
      source: transport,
      storage,
      store: this.store,
      later,
      onReach: () => this.report(),
      onOpen: () => void this.outbox.drain(),
      onVersions: (versions) => this.outbox.settle(versions),
    });
    this.outbox = new Outbox({
      storage: storage.outbox,
      mayDrain: () => tabs.leading,
      send: (writes) => this.send(writes),
      later,
      onAnswer: (key, result) => this.answered(key, result),
      onRefused: (write) => this.refused(write),
      onChange: (writes) => {
        this.store.setPending(writes);
        this.report();
      },
    });
    this.outbox.announce = () => tabs.post({ type: 'queue' });
    tabs.listen(
      (message) => (this.unheard ? this.unheard.push(message) : this.hear(message)),
      () => {
        // Whoever is reading the storage finds out afterwards.
        if (!this.unheard) void this.takeOver();
      },
    );
  }

  /** Shows what is stored, then catches up. Resolves once something can be shown. */
  async start(): Promise<void> {
    const { storage, tabs } = this.options;
    if (tabs.leading) storage.lead();
    else tabs.post({ type: 'hello' });
    this.store.subscribe((change) => this.keep(change));
    const { me, firstScopes } = this.options;
    await this.outbox.load();
    const kept = await readFirst(storage, this.store, me, firstScopes ?? (() => []));
    this.edition = kept.edition;
    this.shown = kept.complete;
    this.report();
    const whole = await readTasks(storage, this.store, kept);
    this.shown = whole.complete;
    this.listen();
    if (!tabs.leading) return;
    storage.lead();
    const first = this.upstream.begin(whole);
    void this.outbox.drain();
    if (!this.shown) await first;
  }

  stop(): void {
    this.stopped = true;
    this.outbox.stop();
    this.upstream.stop();
  }

  write(write: NewWrite): Promise<void> {
    this.mine.add(write.key);
    this.storing += 1;
    this.report();
    return this.outbox.add(write).finally(() => {
      this.storing -= 1;
      this.report();
    });
  }

  /** The network is back, or the person signed in again: try everything now. */
  resume(): void {
    if (!this.options.tabs.leading) return this.options.tabs.post({ type: 'resume' });
    this.upstream.restart();
    void this.outbox.drain();
  }

  offline(): void {
    this.upstream.reached({ link: 'down' });
  }

  /** Catches up with at least the given versions. */
  async request(atLeast: Versions): Promise<void> {
    if (this.options.tabs.leading) await this.upstream.request(atLeast);
    else this.options.tabs.post({ type: 'request', atLeast });
  }

  private get reach(): Reach {
    if (this.options.tabs.leading) return this.upstream.reach;
    return { ...this.told, ready: this.told.ready && this.welcomed };
  }

  /** From now on messages are heard at once. */
  private listen(): void {
    const unheard = this.unheard ?? [];
    this.unheard = null;
    for (const message of unheard) this.hear(message);
  }

  /** The leading tab has gone: this one goes on from what is stored, which is never ahead of what it was told. */
  private async takeOver(): Promise<void> {
    // Who comes later asks; who was there already does not.
    this.company = true;
    this.unheard = [];
    const kept = await readAgain(this.options.storage, this.store);
    this.options.storage.lead();
    await this.outbox.load();
    this.listen();
    void this.upstream.begin(kept);
    void this.outbox.drain();
    // Whoever has not heard from the tab before.
    void this.welcome();
  }

  private keep(change: Change): void {
    this.options.storage.save(change.confirmed);
    if (this.hearing || change.confirmed.size === 0) return;
    if (this.options.tabs.leading && !this.company) return;
    this.options.tabs.post({ type: 'change', confirmed: [...change.confirmed], actors: [...change.actors] });
  }

  private hear(message: TabMessage): void {
    if (this.stopped) return;
    switch (message.type) {
      case 'change':
        return this.quietly(() => this.store.applyConfirmed(message.confirmed, message.actors));
      case 'queue':
        return void this.outbox.load().then(() => this.outbox.drain());
      case 'sent':
        return this.outbox.noteSent(message.keys);
      case 'answer':
        return this.heardAnswer(message.key, message.result, message.refused);
      case 'reach':
        this.told = message.reach;
        return this.report();
      case 'welcome':
        return void this.compare(message.edition);
      default:
        if (this.options.tabs.leading) this.serve(message);
    }
  }

  private serve(message: TabMessage): void {
    if (message.type === 'hello') void this.welcome();
    else if (message.type === 'resume') this.resume();
    else if (message.type === 'request') void this.upstream.request(message.atLeast);
  }

  private async welcome(): Promise<void> {
    const { storage, tabs } = this.options;
    this.company = true;
    await storage.flush();
    tabs.post({ type: 'welcome', edition: await storage.edition() });
    tabs.post({ type: 'reach', reach: this.reach });
  }

  /** What was stored after this tab had read, and before it could be told, is read now. */
  private async compare(edition: number): Promise<void> {
    if (this.options.tabs.leading) return;
    if (edition !== this.edition) {
      this.edition = edition;
      this.unheard = [];
      await readAgain(this.options.storage, this.store);
      await this.outbox.load();
    }
    this.welcomed = true;
    this.report();
    if (this.unheard) this.listen();
    // The leading tab may have gone meanwhile.
    if (this.options.tabs.leading) await this.takeOver();
  }

  private async send(writes: readonly Write[]): ReturnType<SendBatch> {
    const { transport, tabs } = this.options;
    if (this.company) tabs.post({ type: 'sent', keys: writes.map(({ key }) => key) });
    const answer = await transport.batch(writes);
    if (answer.kind === 'signed-out') this.upstream.reached({ signedOut: true });
    if (answer.kind === 'offline') this.upstream.reached({ link: 'down' });
    // Without the live stream the acknowledged state has to be fetched.
    if (answer.kind === 'answered' && this.reach.link !== 'open') void this.upstream.request({});
    return answer;
  }

  private answered(key: string, result: BatchResult | null): void {
    this.options.onAnswer?.(key, result?.body ?? null);
    if (this.company && result) this.options.tabs.post({ type: 'answer', key, result });
  }

  /** The tab in which a write was made is asked first. */
  private refused(write: Write): boolean {
    if (this.mine.has(write.key) || !this.company) return this.options.onRefused(write);
    this.options.tabs.post({ type: 'answer', key: write.key, result: null, refused: write });
    return false;
  }

  private heardAnswer(key: string, result: BatchResult | null, refused: Write | undefined): void {
    if (!this.mine.has(key)) return;
    if (result) this.outbox.noteAnswer(key, result);
    this.options.onAnswer?.(key, result?.body ?? null);
    if (refused && this.options.onRefused(refused)) void this.outbox.discard(refused.seq);
  }

  private quietly(work: () => void): void {
    this.hearing = true;
    work();
    this.hearing = false;
  }

  private report(): void {
    if (this.stopped) return;
    const { tabs } = this.options;
    const refused = this.outbox.all.filter((write) => write.state === 'refused').length;
    const waiting = this.outbox.all.filter((write) => write.state === 'queued').length;
    this.shown ||= this.reach.ready;
    this.options.onStatus({ state: this.state(waiting, refused), waiting, refused, ready: this.shown });
    if (this.company && tabs.leading) tabs.post({ type: 'reach', reach: this.reach });
  }

  private state(waiting: number, refused: number): SyncState {
    if (this.reach.signedOut) return 'sign-in';
    if (refused > 0) return 'attention';
    if (this.reach.link === 'down') return 'offline';
    return waiting + this.storing > 0 || !this.shown ? 'saving' : 'saved';
  }
}
