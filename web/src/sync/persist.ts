/** What stays in the browser between visits: one IndexedDB database per person, deleted when they sign out. */
import { deleteDB, openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { OutboxStorage } from './outbox.ts';
import type { Held, NewWrite, Versions, Write } from './types.ts';

interface Schema extends DBSchema {
  objects: { key: string; value: Held };
  meta: { key: string; value: Position };
  outbox: { key: number; value: Write | Omit<Write, 'seq'> };
}

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
  readonly objects: readonly Held[];
}

/** Changed when objects are stored in another way: then what is stored is dropped and a snapshot taken. */
const LAYOUT = 1;
/** Milliseconds that changes are gathered before they are stored. */
const GATHER = 150;

export class Storage {
  readonly outbox: OutboxStorage;
  private changed = new Map<string, Held | undefined>();
  private position: Position | null = null;
  private timer: ReturnType<typeof setTimeout> | null = null;
  /** Only one tab stores objects, so that a slower one cannot put older objects beside a newer cursor. */
  private leading = false;
  private closed = false;

  private constructor(private readonly db: IDBPDatabase<Schema>) {
    this.outbox = outboxStorage(db);
  }

  static async open(userId: string): Promise<Storage> {
    const db = await openDB<Schema>(nameOf(userId), LAYOUT, {
      upgrade(database) {
        database.createObjectStore('objects');
        database.createObjectStore('meta');
        database.createObjectStore('outbox', { keyPath: 'seq', autoIncrement: true });
      },
      // Another tab signs out: it deletes the database, and this one must not hold it up.
      blocking: () => storage.close(),
    });
    const storage = new Storage(db);
    return storage;
  }

  static async erase(userId: string): Promise<void> {
    await deleteDB(nameOf(userId));
  }

  async load(): Promise<Kept> {
    const position = await this.db.get('meta', 'position');
    if (!position) return { cursor: null, versions: {}, complete: false, objects: [] };
    return { ...position, objects: await this.db.getAll('objects') };
  }

  /** From the first moment this tab is the one that stores objects. */
  lead(): void {
    this.leading = true;
  }

  /** The tab that stored objects is gone: this one stores all that it holds, and what changes from now on. */
  async takeOver(everything: ReadonlyMap<string, Held>): Promise<void> {
    await this.db.clear('objects');
    this.leading = true;
    this.save(everything);
  }

  save(changed: ReadonlyMap<string, Held | undefined>): void {
    if (!this.leading) return;
    for (const [name, held] of changed) this.changed.set(name, held);
    this.schedule();
  }

  saveCursor(cursor: string, versions: Versions, complete: boolean): void {
    this.position = { cursor, versions, complete };
    this.schedule();
  }

  /** Objects and cursor are stored in one transaction: the cursor never runs ahead. */
  async flush(): Promise<void> {
    this.timer = null;
    if (this.closed || !this.leading || (this.changed.size === 0 && !this.position)) return;
    const changed = this.changed;
    this.changed = new Map();
    const work = this.db.transaction(['objects', 'meta'], 'readwrite');
    const objects = work.objectStore('objects');
    const steps: Promise<unknown>[] = [];
    for (const [name, held] of changed) steps.push(held ? objects.put(held, name) : objects.delete(name));
    if (this.position) steps.push(work.objectStore('meta').put(this.position, 'position'));
    await Promise.all([...steps, work.done]);
  }

  close(): void {
    this.closed = true;
    if (this.timer) clearTimeout(this.timer);
    this.db.close();
  }

  private schedule(): void {
    if (this.closed || !this.leading) return;
    this.timer ??= setTimeout(() => void this.flush(), GATHER);
  }
}

function nameOf(userId: string): string {
  return `headway-${userId}`;
}

function outboxStorage(db: IDBPDatabase<Schema>): OutboxStorage {
  return {
    add: (write: NewWrite) => db.add('outbox', { ...write, state: 'queued' }),
    put: async (write) => void (await db.put('outbox', write)),
    remove: (seq) => db.delete('outbox', seq),
    load: async () => (await db.getAll('outbox')) as Write[],
  };
}
