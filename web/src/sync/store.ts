/**
 * The client's objects: what the server confirmed, with the pending writes laid over it, indexed for the views.
 *
 * Readers ask for a kind, an object or an index bucket; each has a topic (`task`, `task/<id>`, `task:project=<id>`)
 * and listeners are told the set of topics that a change touched.
 */
import { applyEntry, applyObject, keyOf, overlay, ownerOf } from './reducer.ts';
import type { Effect, Entry, Fields, Held, Write } from './types.ts';

const OPEN: ReadonlySet<string> = new Set(['backlog', 'todo', 'in_progress']);

/** Streams of objects that the client asked for by itself: no snapshot names them. */
const LOCAL = 'people:';

/** An object as views read it: its fields, and where it lives. `synced` is false until the server has seen it. */
export type Row<F = Fields> = F & { id: string; stream: string; scope: string; version: number; synced: boolean };

/** Per kind, named functions that give the buckets of an object. */
export type Indexes = Readonly<Record<string, Readonly<Record<string, (row: Row) => readonly string[]>>>>;

export interface Change {
  readonly topics: ReadonlySet<string>;
  /** Confirmed objects that changed, to be stored: key `kind/key`, undefined when gone. */
  readonly confirmed: ReadonlyMap<string, Held | undefined>;
  /** People behind the change, per `kind/key`; only for entries that arrived live. */
  readonly actors: ReadonlyMap<string, string>;
}

export interface Applied {
  /** Unknown tasks that came back into view and have to be fetched whole. */
  readonly missing: readonly string[];
}

interface Table {
  readonly confirmed: Map<string, Held>;
  readonly rows: Map<string, Row>;
  readonly buckets: Map<string, Map<string, Row>>;
}

export class Store {
  private readonly tables = new Map<string, Table>();
  private readonly buried = new Map<string, number>();
  private effects = new Map<string, Effect[]>();
  private readonly lists = new Map<string, readonly Row[]>();
  private readonly listeners = new Set<(change: Change) => void>();
  private touched = new Set<string>();
  private stored = new Map<string, Held | undefined>();
  private actors = new Map<string, string>();

  constructor(private readonly indexes: Indexes = {}) {}

  get(kind: string, key: string): Row | undefined {
    return this.tables.get(kind)?.rows.get(key);
  }

  confirmed(kind: string, key: string): Held | undefined {
    return this.tables.get(kind)?.confirmed.get(key);
  }

  /** Every object of a kind. The same array is given until one of them changes. */
  all(kind: string): readonly Row[] {
    return this.cached(kind, () => this.tables.get(kind)?.rows);
  }

  /** The objects in one bucket of an index. */
  where(kind: string, index: string, value: string): readonly Row[] {
    const topic = `${kind}:${index}=${value}`;
    return this.cached(topic, () => this.tables.get(kind)?.buckets.get(topic));
  }

  subscribe(listener: (change: Change) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  applyEntries(entries: readonly Entry[], live = false): Applied {
    const missing: string[] = [];
    for (const entry of entries) {
      const key = keyOf(entry);
      const name = `${entry.kind}/${key}`;
      const held = this.table(entry.kind).confirmed.get(key);
      const next = applyEntry(held, this.buried.get(name) ?? 0, entry);
      if (entry.op === 'delete' || entry.op === 'leave') this.bury(name, held, entry.object_version);
      else if (!held && !next && entry.kind === 'task' && comesBack(entry.fields)) missing.push(entry.id);
      if (next === held) continue;
      if (live && entry.actor !== null) this.actors.set(name, entry.actor);
      this.hold(entry.kind, key, next);
    }
    this.emit();
    return { missing };
  }

  applyObjects(objects: readonly Held[]): void {
    this.take(objects);
    this.emit();
  }

  private take(objects: readonly Held[]): void {
    for (const object of objects) {
      const key = keyOf(object);
      const held = this.table(object.kind).confirmed.get(key);
      const next = applyObject(held, this.buried.get(`${object.kind}/${key}`) ?? 0, object);
      if (next !== held) this.hold(object.kind, key, next);
    }
  }

  /** What was read from the storage: views are told, and nobody else. */
  applyStored(objects: readonly Held[]): void {
    this.take(objects);
    this.stored = new Map();
    this.emit();
  }

  /** What the leading tab confirmed: `kind/key`, and the object or nothing. */
  applyConfirmed(
    confirmed: readonly (readonly [string, Held | undefined])[],
    actors: readonly (readonly [string, string])[],
  ): void {
    for (const [name, actor] of actors) this.actors.set(name, actor);
    for (const [name, object] of confirmed) {
      const [kind, key] = split(name);
      const held = this.table(kind).confirmed.get(key);
      const next = object && applyObject(held, this.buried.get(name) ?? 0, object);
      // A copy that is read late must not bring it back.
      if (held && !object) this.bury(name, undefined, held.version + 1);
      if (next !== held) this.hold(kind, key, next);
    }
    this.emit();
  }

  /** Forgets every object of a scope (or, without one, of the stream) that is no longer visible. */
  drop(stream: string, scope?: string): void {
    this.dropWhere((held) => held.stream === stream && (scope === undefined || held.scope === scope));
  }

  /** Forgets every confirmed object that a whole snapshot did not name. `seen` holds `kind/key`. */
  keepOnly(seen: ReadonlySet<string>): void {
    this.dropWhere((held, name) => !seen.has(name) && !held.stream.startsWith(LOCAL));
  }

  /** The same for what is not stored: views are told, and nobody else. */
  keepStored(stored: ReadonlySet<string>): void {
    this.dropWhere((held, name) => !stored.has(name) && !held.stream.startsWith(LOCAL), true);
  }

  /** Replaces the pending writes that lie over the confirmed state. */
  setPending(writes: readonly Write[]): void {
    const before = this.effects;
    this.effects = new Map();
    for (const write of writes) {
      if (write.state === 'refused') continue;
      for (const effect of write.effects) {
        const name = `${effect.kind}/${keyOf(effect)}`;
        const list = this.effects.get(name);
        if (list) list.push(effect);
        else this.effects.set(name, [effect]);
      }
    }
    for (const name of new Set([...before.keys(), ...this.effects.keys()])) {
      const [kind, key] = split(name);
      this.refresh(kind, key);
    }
    this.emit();
  }

  /** Every confirmed object by `kind/key`. */
  everything(): ReadonlyMap<string, Held> {
    const held = new Map<string, Held>();
    for (const [kind, table] of this.tables) {
      for (const [key, object] of table.confirmed) held.set(`${kind}/${key}`, object);
    }
    return held;
  }

  private dropWhere(gone: (held: Held, name: string) => boolean, quietly = false): void {
    for (const [kind, table] of this.tables) {
      for (const [key, held] of table.confirmed) {
        if (gone(held, `${kind}/${key}`)) this.hold(kind, key, undefined);
      }
    }
    if (quietly) this.stored = new Map();
    this.emit();
  }

  private bury(name: string, held: Held | undefined, version: number): void {
    if (held && version <= held.version) return;
    this.buried.set(name, Math.max(version, this.buried.get(name) ?? 0));
  }

  private table(kind: string): Table {
    let table = this.tables.get(kind);
    if (!table) {
      table = { confirmed: new Map(), rows: new Map(), buckets: new Map() };
      this.tables.set(kind, table);
    }
    return table;
  }

  private hold(kind: string, key: string, held: Held | undefined): void {
    const table = this.table(kind);
    if (held) table.confirmed.set(key, held);
    else table.confirmed.delete(key);
    this.stored.set(`${kind}/${key}`, held);
    this.refresh(kind, key);
  }

  private refresh(kind: string, key: string): void {
    const table = this.table(kind);
    const confirmed = table.confirmed.get(key);
    const seen = overlay(confirmed, this.effects.get(`${kind}/${key}`) ?? []);
    const before = table.rows.get(key);
    const row = seen && rowOf(seen, confirmed !== undefined);
    if (row && before && isSame(row, before)) return;
    if (row) table.rows.set(key, row);
    else table.rows.delete(key);
    if (!row && !before) return;
    this.touched.add(kind).add(`${kind}/${key}`);
    for (const [index, valuesOf] of Object.entries(this.indexes[kind] ?? {})) {
      const topics = (of: Row | undefined): string[] =>
        of ? valuesOf(of).map((value) => `${kind}:${index}=${value}`) : [];
      this.move(table, key, topics(before), topics(row), row);
    }
  }

  private move(table: Table, key: string, from: readonly string[], to: readonly string[], row: Row | undefined): void {
    for (const topic of from) {
      this.touched.add(topic);
      if (!to.includes(topic)) table.buckets.get(topic)?.delete(key);
    }
    for (const topic of to) {
      this.touched.add(topic);
      const bucket = table.buckets.get(topic);
      if (bucket && row) bucket.set(key, row);
      else if (row) table.buckets.set(topic, new Map([[key, row]]));
    }
  }

  private cached(topic: string, rows: () => Map<string, Row> | undefined): readonly Row[] {
    let list = this.lists.get(topic);
    if (!list) {
      list = [...(rows()?.values() ?? [])];
      this.lists.set(topic, list);
    }
    return list;
  }

  private emit(): void {
    if (this.touched.size === 0 && this.stored.size === 0) return;
    const change: Change = { topics: this.touched, confirmed: this.stored, actors: this.actors };
    this.touched = new Set();
    this.stored = new Map();
    this.actors = new Map();
    for (const topic of change.topics) this.lists.delete(topic);
    for (const listener of this.listeners) listener(change);
  }
}

function rowOf(held: Held, synced: boolean): Row {
  const { stream, scope, id, version, fields } = held;
  // Entries leave out what their stream says: whose workspace, or whose profile it is.
  const owner = stream.startsWith('workspace:') ? { workspace_id: ownerOf(stream) } : { user_id: ownerOf(stream) };
  return { ...owner, ...fields, id, stream, scope, version, synced };
}

/** A write that is read anew, or confirmed as it was shown, changes nothing that views have to look at. */
function isSame(row: Row, before: Row): boolean {
  return row.version === before.version && JSON.stringify(row) === JSON.stringify(before);
}

function split(name: string): [kind: string, key: string] {
  const slash = name.indexOf('/');
  return [name.slice(0, slash), name.slice(slash + 1)];
}

/** A task that the snapshot left out (long closed, or in the trash) is needed again once it is open. */
function comesBack(fields: Fields): boolean {
  const opened = OPEN.has(String(fields['status_category']));
  return opened || fields['completed_at'] === null || fields['trashed_at'] === null;
}
