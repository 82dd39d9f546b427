/** What stays in the browser between visits: one IndexedDB database per person, deleted when they sign out. */
import { deleteDB, openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { OutboxStorage } from './outbox.ts';
import { remade } from './remade.ts';
import type { Held, NewWrite, Versions, Write } from './types.ts';

interface Schema extends DBSchema {
  objects: { key: string; value: Held; indexes: { place: [string, string]; assignee: string } };
  meta: { key: string; value: Position | number };
  outbox: { key: number; value: Write | Omit<Write, 'seq'> };
}
type Database = IDBPDatabase<Schema>;

interface Position {
  readonly cursor: string;
  readonly versions: Versions;
  /** False while the first snapshot has not arrived whole. */
  readonly complete: boolean;
}

export interface Kept {
  readonly cursor: string | null;
  readonly versions: Versions;
  readonly complete: boolean;
  /** Counts how often objects were stored: whether two readings saw the same. */
  readonly edition: number;
  /** All but the tasks. */
  readonly objects: readonly Held[];
}

export const NOTHING: Kept = { cursor: null, versions: {}, complete: false, edition: 0, objects: [] };

/** Changed when objects are stored in another way: then what is stored is dropped and a snapshot taken. */
const LAYOUT = 2;
/** Milliseconds that changes are gathered before they are stored. */
const GATHER = 150;
/** Tasks read at once; a few milliseconds of work for the page. */
const PORTION = 400;

export class Storage {
  readonly outbox: OutboxStorage;
  private changed = new Map<string, Held | undefined>();
  private position: Position | null = null;
  private timer: ReturnType<typeof setTimeout> | null = null;
  /** Only one tab stores objects, so that a slower one cannot put older objects beside a newer cursor. */
  private leading = false;
  /** There is no room: objects are no longer stored in this visit, and the next one begins with a snapshot. */
  private full = false;
  private closed = false;

  private constructor(
    private db: Database,
    private readonly make: () => Promise<Database>,
  ) {
    this.outbox = outboxStorage(
      () => this.db,
      () => this.makeRoom(),
      () => this.repair(),
    );
  }

  /** `onClosed`: another tab signs out, or runs a release that stores otherwise; nothing can be kept here any more. */
  static async open(userId: string, onClosed: () => void = () => undefined): Promise<Storage> {
    const make = (): Promise<Database> =>
      openDB<Schema>(nameOf(userId), LAYOUT, {
        upgrade,
        blocking: () => {
          storage.close();
          onClosed();
        },
      });
    const db = await make().catch(() => remade(nameOf(userId), make));
    const storage: Storage = new Storage(db, make);
    return storage;
  }

  static async erase(userId: string): Promise<void> {
    await deleteDB(nameOf(userId));
  }

  /** The position, and all but the tasks. A damaged store counts as empty; edits that wait are not touched. */
  async load(): Promise<Kept> {
    try {
      const work = this.db.transaction(['objects', 'meta']);
      const objects = work.objectStore('objects');
      const meta = work.objectStore('meta');
      const [position, edition, before, after] = await Promise.all([
        meta.get('position') as Promise<Position | undefined>,
        meta.get('edition') as Promise<number | undefined>,
        objects.getAll(IDBKeyRange.upperBound('task/', true)),
        objects.getAll(IDBKeyRange.lowerBound('task0')),
      ]);
      if (!position) return NOTHING;
      return { ...position, edition: edition ?? 0, objects: [...before, ...after] };
    } catch {
      await this.repair();
      return NOTHING;
    }
  }

  /** The tasks of some scopes, and those of one assignee: what a first screen shows. */
  async tasksFor(scopes: readonly string[], assignee: string): Promise<readonly Held[]> {
    const { store } = this.db.transaction('objects');
    const found = await Promise.all([
      ...scopes.map((scope) => store.index('place').getAll(['task', scope])),
      store.index('assignee').getAll(assignee),
    ]);
    return found.flat();
  }

  /** All tasks, portion by portion. */
  async *tasks(): AsyncIterable<readonly Held[]> {
    let after = 'task/';
    for (;;) {
      const range = IDBKeyRange.bound(after, 'task0', true, true);
      const portion = this.closed || this.full ? [] : await this.db.getAll('objects', range, PORTION);
      const last = portion.at(-1);
      if (!last) return;
      yield portion;
      after = `task/${last.id}`;
    }
  }

  async edition(): Promise<number> {
    return ((await this.db.get('meta', 'edition')) as number | undefined) ?? 0;
  }

  /** From now on this tab is the one that stores objects. */
  lead(): void {
    this.leading = true;
  }

  save(changed: ReadonlyMap<string, Held | undefined>): void {
    if (!this.leading || this.full) return;
    for (const [name, held] of changed) this.changed.set(name, held);
    this.schedule();
  }

  saveCursor(cursor: string, versions: Versions, complete: boolean): void {
    if (!this.leading || this.full) return;
    this.position = { cursor, versions, complete };
    this.schedule();
  }

  /** Objects and cursor are stored in one transaction: the cursor never runs ahead. */
  async flush(): Promise<void> {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    if (this.closed || !this.leading || (this.changed.size === 0 && !this.position)) return;
    const { changed, position } = this;
    this.changed = new Map();
    this.position = null;
    await this.put(changed, position).catch(() => this.makeRoom());
  }

  /** What cannot be read goes, so that the server's snapshot takes its place; edits that wait are kept. */
  async repair(): Promise<void> {
    // Another tab stores here: it finds out by itself.
    if (this.closed || !this.leading) return;
    this.changed = new Map();
    this.position = null;
    try {
      await this.clear();
    } catch {
      this.db.close();
      this.db = await remade(this.db.name, this.make);
    }
  }

  close(): void {
    this.closed = true;
    if (this.timer) clearTimeout(this.timer);
    this.db.close();
  }

  private async put(changed: ReadonlyMap<string, Held | undefined>, position: Position | null): Promise<void> {
    const work = this.db.transaction(['objects', 'meta'], 'readwrite');
    const objects = work.objectStore('objects');
    const meta = work.objectStore('meta');
    const steps: Promise<unknown>[] = [];
    for (const [name, held] of changed) steps.push(held ? objects.put(held, name) : objects.delete(name));
    if (position) steps.push(meta.put(position, 'position'));
    const edition = ((await meta.get('edition')) as number | undefined) ?? 0;
    await Promise.all([...steps, meta.put(edition + 1, 'edition'), work.done]);
  }

  /** What can be fetched again goes, so that edits which cannot have room. */
  private async makeRoom(): Promise<void> {
    if (this.closed) return;
    this.full = true;
    // A cursor beside a part of the objects would hide the others for good.
    this.changed = new Map();
    this.position = null;
    await this.clear();
  }

  private async clear(): Promise<void> {
    const work = this.db.transaction(['objects', 'meta'], 'readwrite');
    await Promise.all([work.objectStore('objects').clear(), work.objectStore('meta').clear(), work.done]);
  }

  private schedule(): void {
    if (this.closed) return;
    this.timer ??= setTimeout(() => void this.flush(), GATHER);
  }
}

function nameOf(userId: string): string {
  return `headway-${userId}`;
}

/** From nothing, or from what an older release stored: only the edits that wait are kept. */
function upgrade(database: Database, from: number): void {
  if (from > 0) {
    database.deleteObjectStore('objects');
    database.deleteObjectStore('meta');
  } else database.createObjectStore('outbox', { keyPath: 'seq', autoIncrement: true });
  const objects = database.createObjectStore('objects');
  objects.createIndex('place', ['kind', 'scope']);
  objects.createIndex('assignee', 'fields.assignee_ids', { multiEntry: true });
  database.createObjectStore('meta');
}

function outboxStorage(db: () => Database, makeRoom: () => Promise<void>, repair: () => Promise<void>): OutboxStorage {
  // Committed without waiting for an answer: a page that is closed at once does not take the writes with it.
  const add = async (writes: readonly NewWrite[]): Promise<readonly number[]> => {
    const work = db().transaction('outbox', 'readwrite');
    const added = writes.map((write) => work.store.add({ ...write, state: 'queued' }));
    work.commit();
    const [places] = await Promise.all([Promise.all(added), work.done]);
    return places;
  };
  const load = async (): Promise<Write[]> => (await db().getAll('outbox')) as Write[];
  return {
    add: (writes) => add(writes).catch(() => makeRoom().then(() => add(writes))),
    put: async (write) => void (await db().put('outbox', write)),
    remove: (seq) => db().delete('outbox', seq),
    load: () =>
      load()
        .catch(() => repair().then(load))
        .catch(() => []),
    claim: (seqs) => mark(db(), seqs, true),
    release: async (seqs) => void (await mark(db(), seqs, false)),
    withdraw: async (seq) => {
      const { store, done } = db().transaction('outbox', 'readwrite');
      const write = (await store.get(seq)) as Write | undefined;
      const mayGo = write?.state === 'queued' && !write.sent;
      if (mayGo) await store.delete(seq);
      await done;
      return mayGo;
    },
  };
}

/** Those that are there, marked as sent or not. One transaction: tabs come after one another. */
async function mark(db: Database, seqs: readonly number[], sent: boolean): Promise<number[]> {
  const { store, done } = db.transaction('outbox', 'readwrite');
  const found = await Promise.all(seqs.map((seq) => store.get(seq) as Promise<Write | undefined>));
  const there = found.filter((write) => write !== undefined);
  await Promise.all([...there.map((write) => store.put({ ...write, sent })), done]);
  return there.map(({ seq }) => seq);
}
