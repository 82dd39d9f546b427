import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { BatchAnswer } from '../src/sync/batch.ts';
import { Outbox } from '../src/sync/outbox.ts';
import { Storage } from '../src/sync/persist.ts';
import type { NewWrite, Write } from '../src/sync/types.ts';

let person = 0;
let storage: Storage;
let waits: { seconds: number; run: () => void }[];
let sent: string[][];
let answers: ((writes: readonly Write[]) => BatchAnswer)[];

beforeEach(async () => {
  storage = await Storage.open(`person-${(person += 1)}`);
  waits = [];
  sent = [];
  answers = [];
});

const write = (key: string): NewWrite => ({ key, method: 'PATCH', path: '/tasks/t1', body: {}, effects: [], at: 0 });
const accept = (writes: readonly Write[]): BatchAnswer => ({
  kind: 'answered',
  results: writes.map(({ key }) => ({ key, status: 200, body: {} })),
  versions: { s: 7 },
});

function outbox(): Outbox {
  return new Outbox({
    storage: storage.outbox,
    send: async (writes) => {
      sent.push(writes.map(({ key }) => key));
      return (answers.shift() ?? accept)(writes);
    },
    mayDrain: () => true,
    later: (seconds, run) => waits.push({ seconds, run }),
    onChange: () => undefined,
    onAnswer: () => undefined,
    onRefused: () => false,
  });
}

describe('the outbox', () => {
  it('keeps an acknowledged write until the confirmed state has reached it', async () => {
    const box = outbox();
    await box.add(write('a'));
    await box.drain();
    expect(box.all.map(({ state }) => state)).toEqual(['acknowledged']);
    await box.settle({ s: 6 });
    expect(box.all).toHaveLength(1);
    await box.settle({ s: 7 });
    expect(box.all).toHaveLength(0);
    expect(await storage.outbox.load()).toHaveLength(0);
  });

  it('stores and shows together what one gesture writes', async () => {
    const box = outbox();
    const stored: number[] = [];
    const { add } = storage.outbox;
    storage.outbox.add = (writes) => {
      stored.push(writes.length);
      return add(writes);
    };
    const first = box.add(write('a'));
    await Promise.all([first.then(() => expect(box.all).toHaveLength(3)), box.add(write('b')), box.add(write('c'))]);
    expect(stored).toEqual([3]);
    await box.drain();
    await box.drain();
    expect(sent.flat()).toEqual(['a', 'b', 'c']);
  });

  it('does not bring back what was settled while it was being read', async () => {
    const box = outbox();
    for (const key of ['a', 'b']) await box.add(write(key));
    await box.drain();
    await box.drain();
    await Promise.all([box.settle({ s: 7 }), box.load()]);
    expect(box.all).toEqual([]);
  });

  it('lets go of a write whose entries came before its answer', async () => {
    const box = outbox();
    await box.settle({ s: 7 });
    await box.add(write('a'));
    await box.drain();
    expect(box.all).toHaveLength(0);
  });

  it('sends what an earlier visit left, with the same keys and in order', async () => {
    answers = [() => ({ kind: 'offline' })];
    const before = outbox();
    await before.add(write('a'));
    await before.drain();
    answers = [() => ({ kind: 'offline' })];
    await before.add(write('b'));
    await before.drain();
    sent = [];
    answers = [];
    const after = outbox();
    await after.load();
    await after.drain();
    expect(sent).toEqual([['a', 'b']]);
  });

  it('waits as long as the server asks before it tries again', async () => {
    answers = [() => ({ kind: 'wait', seconds: 12 })];
    const box = outbox();
    await box.add(write('a'));
    await box.drain();
    expect(waits.map(({ seconds }) => seconds)).toEqual([12]);
    waits[0]?.run();
    await box.drain();
    expect(box.all.map(({ state }) => state)).toEqual(['acknowledged']);
  });

  it('waits longer after each failure', async () => {
    const box = outbox();
    answers = [() => ({ kind: 'offline' }), () => ({ kind: 'offline' }), () => ({ kind: 'offline' })];
    await box.add(write('a'));
    for (let time = 0; time < 3; time += 1) await box.drain();
    expect(waits.map(({ seconds }) => seconds)).toEqual([1, 2, 4]);
  });

  it('finds the one write that is refused among many, keeps it, and saves the others', async () => {
    const box = outbox();
    answers = [() => ({ kind: 'offline' })];
    await box.add(write('a'));
    await box.drain();
    answers = [() => ({ kind: 'offline' })];
    await box.add(write('b'));
    await box.drain();
    const refuse = (writes: readonly Write[]): BatchAnswer => {
      const wrong = writes.some(({ key }) => key === 'b');
      const results = writes.map(({ key }) => ({ key, status: wrong ? 409 : 200, body: { code: 'key_taken' } }));
      return { kind: 'answered', results, versions: {} };
    };
    answers = [refuse, refuse, refuse];
    await box.drain();
    expect(box.all.map(({ key, state }) => [key, state])).toEqual([
      ['a', 'acknowledged'],
      ['b', 'refused'],
    ]);
    expect(box.all[1]?.problem).toMatchObject({ code: 'key_taken', status: 409 });
  });

  it('sends a refused write again under a new key when the person asks', async () => {
    const box = outbox();
    answers = [
      (writes) => ({
        kind: 'answered',
        versions: {},
        results: writes.map(({ key }) => ({ key, status: 403, body: null })),
      }),
    ];
    await box.add(write('a'));
    await box.drain();
    await box.retry(box.all[0]?.seq ?? 0, 'a2');
    await box.drain();
    expect(sent).toEqual([['a'], ['a2']]);
    expect(box.all[0]).toMatchObject({ state: 'acknowledged' });
  });

  it('keeps everything while nobody is signed in', async () => {
    answers = [() => ({ kind: 'signed-out' })];
    const box = outbox();
    await box.add(write('a'));
    await box.drain();
    expect(box.all.map(({ state }) => state)).toEqual(['queued']);
    expect(waits).toEqual([]);
  });
});

it('a write that comes while the last batch is being finished is sent too', async () => {
  let finish = (): void => undefined;
  const box = new Outbox({
    storage: storage.outbox,
    send: async (writes) => {
      sent.push(writes.map(({ key }) => key));
      if (sent.length === 1) await new Promise<void>((resolve) => (finish = resolve));
      return accept(writes);
    },
    mayDrain: () => true,
    later: () => undefined,
    onChange: () => undefined,
    onAnswer: () => undefined,
    onRefused: () => false,
  });
  await box.add(write('a'));
  await expect.poll(() => sent).toEqual([['a']]);
  await box.add(write('b'));
  finish();
  await expect.poll(() => sent).toEqual([['a'], ['b']]);
});
