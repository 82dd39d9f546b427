import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { Engine, type SyncStatus } from '../src/sync/engine.ts';
import { Storage } from '../src/sync/persist.ts';
import { ALONE } from '../src/sync/tabs.ts';
import { SignedOut } from '../src/sync/upstream.ts';
import type { NewWrite, SyncLine } from '../src/sync/types.ts';
import { FakeServer } from './fakes.ts';
import { changes, entry, objectLine, SCOPE, STREAM } from './fixtures.ts';

const SNAPSHOT: readonly SyncLine[] = [
  { type: 'begin', streams: { [STREAM]: 4 } },
  objectLine('t1', 2, { title: 'one' }),
  { type: 'end', cursor: 'c4' },
];
let person = 0;
let server: FakeServer;
let status: SyncStatus;

beforeEach(() => {
  person += 1;
  server = new FakeServer();
});

async function open(): Promise<{ engine: Engine; storage: Storage }> {
  const storage = await Storage.open(`engine-${person}`);
  const engine = new Engine({
    transport: server,
    storage,
    indexes: {},
    onStatus: (next) => (status = next),
    onRefused: () => false,
    later: () => () => undefined,
    me: 'me',
    tabs: ALONE,
  });
  return { engine, storage };
}

function rename(title: string): NewWrite {
  const effect = { op: 'update' as const, stream: STREAM, scope: SCOPE, kind: 'task', id: 't1', fields: { title } };
  return { key: title, method: 'PATCH', path: '/tasks/t1', body: { title }, effects: [effect], at: 0 };
}

const title = (engine: Engine, id = 't1') => engine.store.get('task', id)?.['title'];

describe('the engine', () => {
  it('takes a snapshot first, and the changes since at the next visit', async () => {
    server.answers = [SNAPSHOT];
    const first = await open();
    await first.engine.start();
    await first.storage.flush();
    first.engine.stop();
    first.storage.close();
    server.answers = [
      [
        { type: 'entry', ...entry(5, { object_version: 3, fields: { title: 'two' } }) },
        { type: 'end', cursor: 'c5' },
      ],
    ];
    const { engine } = await open();
    await engine.start();
    await engine.request({});
    expect(server.asked.slice(0, 2)).toEqual([null, 'c4']);
    expect(title(engine)).toBe('two');
  });

  it('applies live changes that follow on what it holds', async () => {
    server.answers = [SNAPSHOT];
    const { engine } = await open();
    await engine.start();
    server.hello({ [STREAM]: 4 });
    server.changes(changes(4, [entry(5, { object_version: 3, fields: { title: 'live' } })]));
    expect(title(engine)).toBe('live');
    expect(server.asked).toEqual([null]);
  });

  it('pulls when there is a gap', async () => {
    server.answers = [
      SNAPSHOT,
      [
        { type: 'entry', ...entry(9, { object_version: 3, fields: { title: 'caught up' } }) },
        { type: 'end', cursor: 'c9' },
      ],
    ];
    const { engine } = await open();
    await engine.start();
    server.changes(changes(8, [entry(9, { object_version: 3, fields: { title: 'caught up' } })]));
    await engine.request({});
    expect(title(engine)).toBe('caught up');
    expect(server.asked.slice(0, 2)).toEqual([null, 'c4']);
  });

  it('shows an edit at once, and goes on showing it until its own entry has come', async () => {
    server.answers = [SNAPSHOT];
    server.accept = (writes) => ({
      kind: 'answered',
      versions: { [STREAM]: 5 },
      results: writes.map(({ key }) => ({ key, status: 200, body: {} })),
    });
    const { engine } = await open();
    await engine.start();
    server.hello({ [STREAM]: 4 });
    await engine.write(rename('mine'));
    await engine.outbox.drain();
    expect(title(engine)).toBe('mine');
    expect(status).toMatchObject({ state: 'saved', waiting: 0 });
    server.changes(changes(4, [entry(5, { object_version: 3, fields: { title: 'mine' } })]));
    await engine.outbox.settle({ [STREAM]: 5 });
    expect(engine.outbox.all).toEqual([]);
    expect(title(engine)).toBe('mine');
  });

  it('goes on showing an edit when a pull ends that the server read before it', async () => {
    server.answers = [SNAPSHOT];
    server.accept = (writes) => ({
      kind: 'answered',
      versions: { [STREAM]: 5 },
      results: writes.map(({ key }) => ({ key, status: 200, body: {} })),
    });
    const { engine } = await open();
    await engine.start();
    await engine.write(rename('mine'));
    await engine.outbox.drain();
    await engine.request({});
    expect(title(engine)).toBe('mine');
  });

  it('says that it is saving from the moment of the edit', async () => {
    server.answers = [SNAPSHOT];
    const { engine } = await open();
    await engine.start();
    const written = engine.write(rename('mine'));
    expect(status.state).toBe('saving');
    await written;
    await engine.outbox.drain();
    expect(status.state).toBe('saved');
  });

  it('keeps edits made offline and shows how many wait', async () => {
    server.answers = [SNAPSHOT];
    server.accept = () => ({ kind: 'offline' });
    const { engine } = await open();
    await engine.start();
    await engine.write(rename('offline'));
    await engine.outbox.drain();
    expect(title(engine)).toBe('offline');
    expect(status).toMatchObject({ state: 'offline', waiting: 1 });
  });

  it('forgets what a new snapshot no longer names', async () => {
    server.answers = [
      SNAPSHOT,
      [
        { type: 'reset' },
        { type: 'begin', streams: { [STREAM]: 8 } },
        objectLine('t2', 1, { title: 'new' }),
        { type: 'end', cursor: 'c8' },
      ],
    ];
    const { engine } = await open();
    await engine.start();
    await engine.request({});
    expect(engine.store.all('task').map(({ id }) => id)).toEqual(['t2']);
  });

  it('asks to sign in again without losing anything when the session has ended', async () => {
    server.answers = [SNAPSHOT, new SignedOut()];
    const { engine } = await open();
    await engine.start();
    await engine.request({});
    expect(status.state).toBe('sign-in');
    expect(title(engine)).toBe('one');
    engine.resume();
    await engine.request({});
    expect(status.state).not.toBe('sign-in');
  });

  it('reports refused writes as needing attention', async () => {
    server.answers = [SNAPSHOT];
    server.accept = (writes) => ({
      kind: 'answered',
      versions: {},
      results: writes.map(({ key }) => ({ key, status: 403, body: { code: 'level_too_low' } })),
    });
    const { engine } = await open();
    await engine.start();
    await engine.write(rename('no'));
    await engine.outbox.drain();
    expect(status).toMatchObject({ state: 'attention', refused: 1 });
    expect(title(engine)).toBe('one');
  });
});
