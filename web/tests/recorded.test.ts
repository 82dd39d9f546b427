/** Whatever order and portions the server's own words arrive in, the client ends with what a fresh snapshot shows. */
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Engine } from '../src/sync/engine.ts';
import { Storage } from '../src/sync/persist.ts';
import { pull } from '../src/sync/pull.ts';
import { Store } from '../src/sync/store.ts';
import { ALONE } from '../src/sync/tabs.ts';
import type { SyncLine } from '../src/sync/types.ts';
import { lines } from './fixtures.ts';
import { CASES, endOf, RecordedServer, shown, type Case } from './recorded.ts';

let person = 0;
const open: { engine: Engine; storage: Storage }[] = [];

beforeEach(() => {
  person += 1;
});

afterEach(() => leaveAll());

async function leaveAll(): Promise<void> {
  for (const { engine, storage } of open.splice(0)) {
    await storage.flush();
    engine.stop();
    storage.close();
  }
}

/** A visit of the person who was told all this; another one afterwards finds what was stored. */
async function visit(server: RecordedServer, { me }: Case): Promise<Engine> {
  await leaveAll();
  const storage = await Storage.open(`recorded-${person}`);
  const later = () => () => undefined;
  const world = { onStatus: () => undefined, onRefused: () => false, later, indexes: {}, tabs: ALONE };
  const engine = new Engine({ ...world, transport: server, storage, me });
  open.push({ engine, storage });
  await engine.start();
  await engine.request({});
  return engine;
}

/** What one answer of /sync makes of a store; tasks that it only mentions are fetched. */
async function take(store: Store, answer: readonly SyncLine[], recorded: Case, delta = true): Promise<void> {
  const { missing } = await pull({
    store,
    lines: lines(...answer),
    versions: {},
    delta,
    fresh: store.everything().size === 0,
    onProgress: () => undefined,
  });
  for (const id of new Set(missing)) {
    const task = await new RecordedServer(recorded).task(id);
    if (task) store.applyObjects([task]);
  }
}

async function fresh(recorded: Case): Promise<ReturnType<typeof shown>> {
  const store = new Store();
  await take(store, recorded.final, recorded, false);
  return shown(store);
}

/** Nothing came into view or left it, so every entry is among the deltas. */
function seesTheSame({ steps }: Case): boolean {
  return steps.every(({ delta }) => delta.every(({ type }) => type === 'entry' || type === 'end'));
}

it('there are histories enough', () => {
  expect(CASES.length).toBeGreaterThanOrEqual(12);
  expect(CASES.filter(([, recorded]) => seesTheSame(recorded)).length).toBeGreaterThanOrEqual(6);
});

describe.each(CASES)('%s', (_name, recorded) => {
  it('told live', async () => {
    const server = new RecordedServer(recorded);
    const engine = await visit(server, recorded);
    server.hello();
    while (!server.over) {
      server.step();
      await engine.request({});
    }
    expect(shown(engine.store)).toEqual(await fresh(recorded));
  });

  it('told live alone, without a pull that nothing asks for', async () => {
    const server = new RecordedServer(recorded);
    const engine = await visit(server, recorded);
    server.hello();
    const asked = server.asked.length;
    while (!server.over) server.step();
    const unheard = recorded.steps.some(({ live }) =>
      live.some((heard) => heard.type === 'resync' || heard.stream.startsWith('access:')),
    );
    expect(server.asked.length > asked).toBe(unheard);
    await engine.request({});
    expect(shown(engine.store)).toEqual(await fresh(recorded));
  });

  it('pulled step by step', async () => {
    const server = new RecordedServer(recorded);
    const engine = await visit(server, recorded);
    while (!server.over) {
      server.now += 1;
      await engine.request({});
    }
    expect(shown(engine.store)).toEqual(await fresh(recorded));
  });

  it('pulled at once, by the answer that the server gave', async () => {
    const server = new RecordedServer(recorded);
    const { store } = await visit(server, recorded);
    await take(store, recorded.at_once, recorded);
    expect(shown(store)).toEqual(await fresh(recorded));
  });

  it('each step found at the next visit', async () => {
    const server = new RecordedServer(recorded);
    await visit(server, recorded);
    while (!server.over) {
      server.now += 1;
      await visit(server, recorded);
    }
    const { store } = await visit(server, recorded);
    expect(shown(store)).toEqual(await fresh(recorded));
  });

  it('heard live while a pull tells the same', async () => {
    const server = new RecordedServer(recorded);
    const engine = await visit(server, recorded);
    server.hello();
    while (!server.over) {
      const pulled = engine.request({});
      server.step();
      await pulled;
    }
    await engine.request({});
    expect(shown(engine.store)).toEqual(await fresh(recorded));
  });

  it('the live stream breaks off before the last step', async () => {
    const server = new RecordedServer(recorded);
    const engine = await visit(server, recorded);
    server.hello();
    while (!server.lastIsNext) server.step();
    server.now += 1;
    server.hello();
    await engine.request({});
    expect(shown(engine.store)).toEqual(await fresh(recorded));
  });

  it('everything twice', async () => {
    const server = new RecordedServer(recorded);
    const { store } = await visit(server, recorded);
    for (const { delta, live } of recorded.steps) {
      await take(store, delta, recorded);
      await take(store, delta, recorded);
      for (const heard of live) if (heard.type === 'changes') store.applyEntries(heard.entries, true);
    }
    expect(shown(store)).toEqual(await fresh(recorded));
  });

  it.runIf(seesTheSame(recorded))('everything once more in the end, the latest first', async () => {
    const { store } = await visit(new RecordedServer(recorded), recorded);
    await take(store, recorded.at_once, recorded);
    const told = recorded.steps.flatMap(({ delta }) => delta).filter((line) => line.type === 'entry');
    for (const entry of told.reverse()) store.applyEntries([entry]);
    expect(shown(store)).toEqual(await fresh(recorded));
  });

  it.runIf(seesTheSame(recorded))('a snapshot that was read while all this went on', async () => {
    const begin = recorded.snapshot.filter(({ type }) => type === 'begin');
    const objects = recorded.final.filter(({ type }) => type === 'object');
    const entries = recorded.steps.flatMap(({ delta }) => delta.slice(0, -1));
    const store = new Store();
    await take(store, [...begin, ...objects, ...entries, endOf(recorded.final)], recorded, false);
    expect(shown(store)).toEqual(await fresh(recorded));
  });

  it('a fresh snapshot over all that was held before', async () => {
    const server = new RecordedServer(recorded);
    const { store } = await visit(server, recorded);
    await take(store, [{ type: 'reset' }, ...recorded.final], recorded);
    expect(shown(store)).toEqual(await fresh(recorded));
  });
});
