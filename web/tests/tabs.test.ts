import 'fake-indexeddb/auto';
import { beforeEach, expect, it } from 'vitest';
import { Engine, type SyncStatus } from '../src/sync/engine.ts';
import { Storage } from '../src/sync/persist.ts';
import type { NewWrite, SyncLine } from '../src/sync/types.ts';
import { FakeBrowser, FakeServer, type FakeTab } from './fakes.ts';
import { changes, entry, objectLine, STREAM } from './fixtures.ts';

const SNAPSHOT: readonly SyncLine[] = [
  { type: 'begin', streams: { [STREAM]: 4 } },
  objectLine('t1', 2, { title: 'one' }),
  objectLine('t2', 2, { title: 'other' }),
  { type: 'end', cursor: 'c4' },
];
let person = 0;
let server: FakeServer;
let browser: FakeBrowser;

interface Opened {
  readonly engine: Engine;
  readonly storage: Storage;
  readonly tab: FakeTab;
  readonly status: () => SyncStatus | undefined;
}

beforeEach(() => {
  person += 1;
  server = new FakeServer();
  server.answers = [SNAPSHOT];
  browser = new FakeBrowser();
});

async function open(): Promise<Opened> {
  const storage = await Storage.open(`tabs-${person}`);
  const tab = browser.tab();
  let status: SyncStatus | undefined;
  const engine = new Engine({
    me: 'me',
    transport: server,
    storage,
    tabs: tab,
    indexes: {},
    onStatus: (next) => (status = next),
    onRefused: () => false,
    later: () => () => undefined,
  });
  await engine.start();
  return { engine, storage, tab, status: () => status };
}

async function close({ engine, storage, tab }: Opened): Promise<void> {
  engine.stop();
  await storage.flush();
  storage.close();
  browser.close(tab);
}

function rename(title: string): NewWrite {
  const effect = {
    op: 'update' as const,
    stream: STREAM,
    scope: 'project:p1',
    kind: 'task',
    id: 't1',
    fields: { title },
  };
  return { key: title, method: 'PATCH', path: '/tasks/t1', body: { title }, effects: [effect], at: 0 };
}

const titles = ({ engine }: Opened) => engine.store.all('task').map((task) => task['title']);

it('one tab listens to the server, and all show what it hears', async () => {
  const first = await open();
  const second = await open();
  server.hello({ [STREAM]: 4 });
  await expect.poll(() => second.status()?.state).toBe('saved');
  server.changes(changes(4, [entry(5, { object_version: 3, fields: { title: 'two' } })]));
  server.changes(changes(5, [entry(6, { id: 't2', op: 'delete', object_version: 3 })]));
  await expect.poll(() => titles(second)).toEqual(['two']);
  expect(titles(first)).toEqual(['two']);
  expect(server.opened).toBe(1);
  expect(server.asked).toEqual([null]);
});

it('what is written in any tab goes out once, by the leading one', async () => {
  const sent: string[][] = [];
  const first = await open();
  const second = await open();
  server.hello({ [STREAM]: 4 });
  server.accept = (writes) => {
    sent.push(writes.map(({ key }) => key));
    return {
      kind: 'answered',
      versions: { [STREAM]: 5 },
      results: writes.map(({ key }) => ({ key, status: 200, body: {} })),
    };
  };
  await expect.poll(() => second.status()?.state).toBe('saved');
  await second.engine.write(rename('two'));
  expect(titles(second)).toContain('two');
  await expect.poll(() => titles(first)).toContain('two');
  await expect.poll(() => sent).toEqual([['two']]);
  server.changes(changes(4, [entry(5, { object_version: 3, fields: { title: 'two' } })]));
  await expect.poll(() => second.engine.outbox.all).toEqual([]);
  expect(titles(second)).toContain('two');
  await expect.poll(() => second.status()).toMatchObject({ state: 'saved', waiting: 0 });
});

it('the next tab goes on when the leading one is closed', async () => {
  const first = await open();
  const second = await open();
  server.hello({ [STREAM]: 4 });
  await expect.poll(() => second.status()?.state).toBe('saved');
  server.accept = () => ({ kind: 'offline' });
  await second.engine.write(rename('mine'));
  await close(first);
  server.accept = (writes) => ({
    kind: 'answered',
    versions: { [STREAM]: 5 },
    results: writes.map(({ key }) => ({ key, status: 200, body: {} })),
  });
  await expect.poll(() => server.opened).toBe(2);
  expect(server.asked[1]).toBe('c4');
  server.hello({ [STREAM]: 4 });
  await expect.poll(() => second.engine.outbox.all[0]?.state).toBe('acknowledged');
  server.changes(changes(4, [entry(5, { object_version: 3, fields: { title: 'mine' } })]));
  await expect.poll(() => second.engine.outbox.all).toEqual([]);
  expect(titles(second)).toEqual(['mine', 'other']);
});

it('a tab that comes while changes are being stored misses none', async () => {
  const first = await open();
  server.hello({ [STREAM]: 4 });
  await first.storage.flush();
  const second = open();
  server.changes(changes(4, [entry(5, { object_version: 3, fields: { title: 'two' } })]));
  server.changes(changes(5, [entry(6, { id: 't2', op: 'delete', object_version: 3 })]));
  const opened = await second;
  await expect.poll(() => titles(opened)).toEqual(['two']);
});
