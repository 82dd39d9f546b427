/** What is stored in the browser is full, damaged or too old: objects are fetched anew, edits that wait are kept. */
import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Engine } from '../src/sync/engine.ts';
import { Storage } from '../src/sync/persist.ts';
import { ALONE } from '../src/sync/tabs.ts';
import type { NewWrite, SyncLine } from '../src/sync/types.ts';
import { FakeServer } from './fakes.ts';
import { objectLine, SCOPE, STREAM } from './fixtures.ts';

const SNAPSHOT: readonly SyncLine[] = [
  { type: 'begin', streams: { [STREAM]: 4 } },
  objectLine('t1', 2, { title: 'one' }),
  { type: 'end', cursor: 'c4' },
];
const EFFECT = { op: 'update' as const, stream: STREAM, scope: SCOPE, kind: 'task', id: 't1' };
const RENAME: NewWrite = {
  key: 'rename',
  method: 'PATCH',
  path: '/tasks/t1',
  body: { title: 'mine' },
  effects: [{ ...EFFECT, fields: { title: 'mine' } }],
  at: 0,
};
let person = 0;
let server: FakeServer;

beforeEach(() => {
  person += 1;
  server = new FakeServer();
  server.accept = () => ({ kind: 'offline', unsent: true });
  server.answers = [SNAPSHOT, SNAPSHOT];
});

afterEach(() => vi.restoreAllMocks());

async function visit(): Promise<{ engine: Engine; leave: () => Promise<void> }> {
  const storage = await Storage.open(`recovery-${person}`);
  const later = () => () => undefined;
  const world = { onStatus: () => undefined, onRefused: () => false, later, indexes: {}, tabs: ALONE };
  const engine = new Engine({ ...world, transport: server, storage, me: 'me' });
  await engine.start();
  const leave = async (): Promise<void> => {
    await engine.outbox.drain();
    await storage.flush();
    engine.stop();
    storage.close();
  };
  return { engine, leave };
}

/** The next objects do not fit. */
function full(times: number): void {
  const { put } = IDBObjectStore.prototype;
  let left = times;
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...given) {
    if (this.name === 'objects' && left > 0) {
      left -= 1;
      throw new DOMException('full', 'QuotaExceededError');
    }
    return put.apply(this, given);
  });
}

const title = (engine: Engine) => engine.store.get('task', 't1')?.['title'];

describe('what is stored', () => {
  it('is dropped when there is no room: the next visit takes a snapshot and still has the edits', async () => {
    full(Infinity);
    const first = await visit();
    await first.engine.write(RENAME);
    await first.leave();
    const second = await visit();
    expect(server.asked).toEqual([null, null]);
    expect(second.engine.outbox.all).toMatchObject([{ key: 'rename', state: 'queued' }]);
    expect(title(second.engine)).toBe('mine');
    await second.leave();
  });

  it('makes room for an edit when there is none', async () => {
    const first = await visit();
    vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementationOnce(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    await first.engine.write(RENAME);
    expect(title(first.engine)).toBe('mine');
    await first.leave();
    const second = await visit();
    expect(server.asked).toEqual([null, null]);
    expect(second.engine.outbox.all).toMatchObject([{ key: 'rename' }]);
    await second.leave();
  });

  it('is dropped when it cannot be read', async () => {
    const first = await visit();
    await first.engine.write(RENAME);
    await first.leave();
    const { getAll } = IDBObjectStore.prototype;
    vi.spyOn(IDBObjectStore.prototype, 'getAll').mockImplementation(function (this: IDBObjectStore, ...given) {
      if (this.name === 'objects') throw new DOMException('damaged', 'DataError');
      return getAll.apply(this, given);
    });
    const second = await visit();
    expect(server.asked).toEqual([null, null]);
    expect(second.engine.outbox.all).toMatchObject([{ key: 'rename' }]);
    expect(title(second.engine)).toBe('mine');
    await second.leave();
  });

  it.each(['tasks that a first screen shows', 'other tasks'])(
    'is asked for anew when the %s cannot be read',
    async (which) => {
      const first = await visit();
      await first.engine.write(RENAME);
      await first.leave();
      const owner = which === 'other tasks' ? IDBObjectStore.prototype : IDBIndex.prototype;
      const { getAll } = owner;
      vi.spyOn(owner, 'getAll').mockImplementation(function (this: IDBObjectStore | IDBIndex, ...given) {
        const [query] = given as unknown as [IDBKeyRange | undefined];
        const name = this instanceof IDBIndex ? 'objects' : this.name;
        const isTasks = this instanceof IDBIndex || String(query?.lower).startsWith('task/');
        if (name === 'objects' && isTasks) throw new DOMException('damaged');
        return getAll.apply(this as IDBObjectStore, given);
      });
      const second = await visit();
      expect(server.asked).toEqual([null, null]);
      expect(second.engine.outbox.all).toMatchObject([{ key: 'rename' }]);
      expect(title(second.engine)).toBe('mine');
      await second.leave();
    },
  );

  it('is made anew when its stores are gone, with the edits that wait', async () => {
    const first = await visit();
    await first.engine.write(RENAME);
    await first.leave();
    const damaged = await openDB(`headway-recovery-${person}`, 3, {
      upgrade: (database) => database.deleteObjectStore('objects'),
    });
    damaged.close();
    const second = await visit();
    expect(second.engine.outbox.all).toMatchObject([{ key: 'rename', state: 'queued' }]);
    expect(title(second.engine)).toBe('mine');
    await second.leave();
    const third = await visit();
    expect(server.asked).toEqual([null, null, 'c4']);
    expect(title(third.engine)).toBe('mine');
    await third.leave();
  });

  it('is replaced when the server no longer knows the cursor, and waiting edits lie over what came', async () => {
    const first = await visit();
    await first.engine.write(RENAME);
    await first.leave();
    server.answers = [
      [
        { type: 'reset' },
        { type: 'begin', streams: { [STREAM]: 9 } },
        objectLine('t1', 5, { title: 'theirs', priority: 'high' }),
        objectLine('t2', 1, { title: 'new' }),
        { type: 'end', cursor: 'c9' },
      ],
    ];
    const second = await visit();
    await second.engine.request({});
    expect(second.engine.store.get('task', 't1')).toMatchObject({ title: 'mine', priority: 'high' });
    expect(second.engine.store.get('task', 't2')).toMatchObject({ title: 'new' });
    expect(second.engine.outbox.all).toMatchObject([{ key: 'rename', state: 'queued' }]);
    await second.leave();
    await visit();
    expect(server.asked).toEqual([null, 'c4', 'c9', 'c9']);
  });
});
