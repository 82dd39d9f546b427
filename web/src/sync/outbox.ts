/**
 * The queue of writes: each is kept until the server's own entries contain it, or until a person dealt with its refusal.
 * Writes go out in order through POST /api/v1/batch; a repeat is harmless because each carries its Idempotency-Key.
 */
import { problemOf, reached, sendable, type BatchResult, type SendBatch } from './batch.ts';
import type { NewWrite, Versions, Write } from './types.ts';

export interface OutboxStorage {
  /** All of them or none; gives their places in the queue. */
  add(writes: readonly NewWrite[]): Promise<readonly number[]>;
  put(write: Write): Promise<void>;
  remove(seq: number): Promise<void>;
  /** Marks writes as sent from now on, in whichever tab they are asked about; gives those that are still there. */
  claim(seqs: readonly number[]): Promise<readonly number[]>;
  /** Takes that mark away: nothing has been sent after all. */
  release(seqs: readonly number[]): Promise<void>;
  /** Takes a write out unless it is marked as sent; whether it was there. */
  withdraw(seq: number): Promise<boolean>;
  load(): Promise<Write[]>;
}

export interface OutboxOptions {
  readonly storage: OutboxStorage;
  readonly send: SendBatch;
  readonly onChange: (writes: readonly Write[]) => void;
  /** A write was answered; null when it was refused. */
  readonly onAnswer: (key: string, result: BatchResult | null) => void;
  /** The server refused a write. True when that has been dealt with; otherwise it waits for the person. */
  readonly onRefused: (write: Write) => boolean;
  /** Whether this tab is the one that sends what all of them write. */
  readonly mayDrain: () => boolean;
  readonly later: (seconds: number, run: () => void) => void;
}

/** After a failure without Retry-After: 1, 2, 4 ... seconds, at most this. */
const LONGEST_WAIT_SECONDS = 30;

export class Outbox {
  private writes: Write[] = [];
  /** Writes that are not in the storage yet. */
  private coming: NewWrite[] = [];
  private storing: Promise<void> | null = null;
  private draining: Promise<void> | null = null;
  /** A write came while the last ones were being sent, perhaps too late to go with them. */
  private late = false;
  private failures = 0;
  private stopped = false;
  /** Keys of what may have reached the server, though no answer came. */
  private readonly sent = new Set<string>();
  /** Places of what has left the queue: a reading that began before must not bring it back. */
  private readonly gone = new Set<number>();
  /** The server's names for what was done in this visit, by key. */
  private readonly actions = new Map<string, string | null>();
  /** What the confirmed state has reached, as last told. */
  private positions: Versions | null = null;
  /** Tells the other tabs that the stored queue has changed. */
  announce: () => void = () => undefined;

  constructor(private readonly options: OutboxOptions) {}

  get all(): readonly Write[] {
    return this.writes;
  }

  /** Reads what an earlier visit or another tab left. */
  async load(): Promise<void> {
    const stored = await this.options.storage.load();
    for (const { key, actionId } of stored) if (actionId !== undefined) this.actions.set(key, actionId);
    this.replace(stored.filter(({ seq }) => !this.gone.has(seq)));
  }

  /** What one gesture writes is stored together, and shown together. */
  async add(asked: NewWrite): Promise<void> {
    const write = this.resolved(asked);
    if (!write) return;
    this.coming.push(write);
    this.storing ??= Promise.resolve().then(() => this.store());
    await this.storing;
  }

  /** Drops the acknowledged writes that the confirmed state has caught up with. */
  async settle(positions: Versions): Promise<void> {
    if (this.stopped) return;
    this.positions = positions;
    const done = this.writes.filter((write) => write.state === 'acknowledged' && reached(write.seen ?? {}, positions));
    if (done.length === 0) return;
    for (const { seq } of done) this.gone.add(seq);
    this.replace(this.writes.filter((write) => !done.includes(write)));
    for (const write of done) await this.options.storage.remove(write.seq);
    this.announce();
  }

  async discard(seq: number): Promise<void> {
    await this.options.storage.remove(seq);
    this.replace(this.writes.filter((write) => write.seq !== seq));
    this.announce();
  }

  /** Takes a write out of the queue; false when it may have reached the server. */
  async withdraw(key: string): Promise<boolean> {
    const write = this.writes.find((one) => one.key === key);
    if (write?.state !== 'queued' || this.sent.has(key)) return false;
    const { seq } = write;
    this.gone.add(seq);
    // Another tab may be sending it without this one having heard so.
    if (await this.options.storage.withdraw(seq)) {
      this.replace(this.writes.filter((other) => other.seq !== seq));
      this.announce();
      return true;
    }
    this.gone.delete(seq);
    this.sent.add(key);
    return false;
  }

  /** Sends a refused write again, as a new attempt. */
  async retry(seq: number, key: string): Promise<void> {
    const refused = this.writes.find((write) => write.seq === seq);
    if (refused?.state !== 'refused') return;
    const { problem, ...rest } = refused;
    await this.change({ ...rest, key, state: 'queued' });
    void this.drain();
  }

  /** Another tab sends these. */
  noteSent(keys: readonly string[]): void {
    for (const key of keys) this.sent.add(key);
  }

  /** Another tab was answered. */
  noteAnswer(key: string, result: BatchResult): void {
    this.actions.set(key, result.action_id ?? null);
  }

  drain(): Promise<void> {
    if (!this.options.mayDrain()) return Promise.resolve();
    this.draining ??= this.drainAll().finally(() => {
      this.draining = null;
      if (this.late) void this.drain();
      this.late = false;
    });
    return this.draining;
  }

  /** Writes stay where they are stored; answers that still come are left to the next visit. */
  stop(): void {
    this.stopped = true;
  }

  private async store(): Promise<void> {
    const { coming } = this;
    this.coming = [];
    this.storing = null;
    const places = await this.options.storage.add(coming);
    const added = coming.map((write, at): Write => ({ ...write, seq: places[at] ?? 0, state: 'queued' }));
    this.replace([...this.writes.filter(({ seq }) => !places.includes(seq)), ...added]);
    this.announce();
    if (this.draining) this.late = true;
    else void this.drain();
  }

  private async drainAll(): Promise<void> {
    // Another tab may have sent some of them meanwhile.
    if (this.stopped) return;
    await this.load();
    for (;;) {
      await this.resolveUndos();
      const batch = sendable(this.writes);
      if (batch.length === 0 || !(await this.sendAll(batch))) return;
      this.failures = 0;
    }
  }

  /** Whether to go on at once. */
  private async sendAll(asked: readonly Write[]): Promise<boolean> {
    const batch = await this.claim(asked);
    if (this.stopped) return false;
    if (batch.length === 0) return true;
    const answer = await this.options.send(batch);
    if (this.stopped) return false;
    if (answer.kind === 'offline' && answer.unsent) await this.release(batch);
    if (answer.kind === 'wait' || answer.kind === 'offline') this.wait(answer);
    if (answer.kind !== 'answered') return false;
    const open: Write[] = [];
    for (const [place, write] of batch.entries()) {
      const result = answer.results[place];
      if (result && result.status < 300) {
        this.options.onAnswer(write.key, result);
        const actionId = result.action_id ?? null;
        this.actions.set(write.key, actionId);
        await this.change({ ...write, state: 'acknowledged', seen: answer.versions, actionId });
      } else open.push(write);
    }
    // The live stream may have been quicker than the answer.
    if (this.positions && Object.keys(answer.versions).length > 0) await this.settle(this.positions);
    return this.dealWith(open, batch.length, answer.results, batch);
  }

  /** What another tab has not taken back meanwhile. */
  private async claim(asked: readonly Write[]): Promise<readonly Write[]> {
    for (const { key } of asked) this.sent.add(key);
    const there = new Set(await this.options.storage.claim(asked.map(({ seq }) => seq)));
    const gone = asked.filter(({ seq }) => !there.has(seq)).map(({ seq }) => seq);
    if (gone.length > 0) this.replace(this.writes.filter(({ seq }) => !gone.includes(seq)));
    return asked.filter(({ seq }) => there.has(seq));
  }

  private async release(batch: readonly Write[]): Promise<void> {
    for (const { key } of batch) this.sent.delete(key);
    await this.options.storage.release(batch.map(({ seq }) => seq));
  }

  /** Operations of one stream stand or fall together, so what failed is sent once more by itself to find the culprit. */
  private async dealWith(
    open: readonly Write[],
    sent: number,
    results: readonly BatchResult[],
    batch: readonly Write[],
  ): Promise<boolean> {
    if (sent > 1) {
      for (const write of open) if (!(await this.sendAll([write]))) return false;
      return true;
    }
    const [write] = open;
    if (!write) return true;
    const result = results[batch.indexOf(write)];
    if (!result || result.status >= 500 || result.status === 429) {
      this.wait({ kind: 'offline' });
      return false;
    }
    this.options.onAnswer(write.key, null);
    const refused: Write = { ...write, state: 'refused', problem: problemOf(result) };
    if (this.options.onRefused(refused)) await this.discard(write.seq);
    else await this.change(refused);
    return true;
  }

  /** Undos whose action has been named meanwhile get its name; what they were to take back may also have come to nothing. */
  private async resolveUndos(): Promise<void> {
    const waiting = this.writes.filter(({ state, undoes }) => state === 'queued' && undoes !== undefined);
    for (const undo of waiting) {
      if (this.writes.some(({ key, state }) => key === undo.undoes && state === 'queued')) continue;
      const write = this.resolved(undo);
      if (write) await this.change(write);
      else await this.discard(undo.seq);
    }
  }

  /** An undo with the action that it takes back, if that is known; null when there is nothing to take back. */
  private resolved<W extends NewWrite>(write: W): W | null {
    if (write.undoes === undefined) return write;
    const actionId = this.actions.get(write.undoes);
    if (actionId) return { ...write, undoes: undefined, body: { action_id: actionId } };
    const waits = this.writes.some(({ key, state }) => key === write.undoes && state === 'queued');
    return waits ? write : null;
  }

  private wait(answer: { kind: 'wait'; seconds: number } | { kind: 'offline' }): void {
    this.failures += 1;
    const seconds = answer.kind === 'wait' ? answer.seconds : Math.min(2 ** (this.failures - 1), LONGEST_WAIT_SECONDS);
    this.options.later(seconds, () => void this.drain());
  }

  private async change(write: Write): Promise<void> {
    await this.options.storage.put(write);
    this.replace(this.writes.map((old) => (old.seq === write.seq ? write : old)));
    this.announce();
  }

  private replace(writes: Write[]): void {
    this.writes = writes;
    this.options.onChange(writes);
  }
}
