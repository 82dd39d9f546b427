/** Two tabs, one queue: a write is either sent by the one or taken back by the other, and never both. */
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { BatchAnswer } from '../src/sync/batch.ts';
import { Outbox } from '../src/sync/outbox.ts';
import { Storage } from '../src/sync/persist.ts';
import type { NewWrite } from '../src/sync/types.ts';

const WRITE: NewWrite = { key: 'a', method: 'PATCH', path: '/tasks/t1', body: {}, effects: [], at: 0 };
let person = 0;
let storage: Storage;
let sent: string[][];
let answer: Promise<BatchAnswer>;

beforeEach(async () => {
  storage = await Storage.open(`withdraw-${(person += 1)}`);
  sent = [];
  answer = Promise.resolve({ kind: 'offline', unsent: true });
});

/** Its tabs do not hear each other: messages are always on their way. */
function tab(leads: boolean): Outbox {
  return new Outbox({
    storage: storage.outbox,
    send: (writes) => {
      sent.push(writes.map(({ key }) => key));
      return answer;
    },
    mayDrain: () => leads,
    later: () => undefined,
    onChange: () => undefined,
    onAnswer: () => undefined,
    onRefused: () => false,
  });
}

async function written(): Promise<{ leader: Outbox; other: Outbox }> {
  const other = tab(false);
  await other.add(WRITE);
  return { leader: tab(true), other };
}

describe('a write of another tab', () => {
  it('that is being sent cannot be taken out of the queue any more', async () => {
    const { leader, other } = await written();
    let say: (said: BatchAnswer) => void = () => undefined;
    answer = new Promise((resolve) => (say = resolve));
    const drained = leader.drain();
    await expect.poll(() => sent).toEqual([['a']]);
    expect(await other.withdraw('a')).toBe(false);
    expect(other.all).toHaveLength(1);
    say({ kind: 'answered', results: [{ key: 'a', status: 200, body: {} }], versions: {} });
    await drained;
    expect(await storage.outbox.load()).toMatchObject([{ key: 'a', state: 'acknowledged' }]);
  });

  it('that was taken out is not sent, though this one has read it before', async () => {
    const { leader, other } = await written();
    await leader.load();
    expect(await other.withdraw('a')).toBe(true);
    await leader.drain();
    expect(sent).toEqual([]);
    expect(leader.all).toEqual([]);
  });

  it('that was taken out while this one was about to send it is not sent', async () => {
    const { leader, other } = await written();
    const { claim } = storage.outbox;
    storage.outbox.claim = async (seqs) => {
      await other.withdraw('a');
      return claim(seqs);
    };
    await leader.drain();
    expect(sent).toEqual([]);
    expect(await storage.outbox.load()).toEqual([]);
  });

  it('that did not leave this device can be taken out again', async () => {
    const { leader, other } = await written();
    await leader.drain();
    expect(sent).toEqual([['a']]);
    expect(await other.withdraw('a')).toBe(true);
    expect(await storage.outbox.load()).toEqual([]);
  });
});
