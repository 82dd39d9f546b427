import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { History } from '../src/app/history.ts';
import { Engine, type Transport } from '../src/sync/engine.ts';
import type { BatchAnswer } from '../src/sync/batch.ts';
import { Storage } from '../src/sync/persist.ts';
import { ALONE } from '../src/sync/tabs.ts';
import type { NewWrite, ProblemBody, Write } from '../src/sync/types.ts';
import { lines, objectLine, SCOPE, STREAM } from './fixtures.ts';

let person = 0;
let sent: Write[];
let accept: (writes: readonly Write[]) => BatchAnswer | Promise<BatchAnswer>;
let troubles: ProblemBody[];
let engine: Engine;
let history: History;

const answered = (writes: readonly Write[]): BatchAnswer => ({
  kind: 'answered',
  versions: {},
  results: writes.map(({ key, path }) => {
    if (path === '/refused') return { key, status: 409, body: { code: 'changed_since' } };
    return { key, status: 200, body: {}, action_id: `action-${key}` };
  }),
});
const offline = (): BatchAnswer => ({ kind: 'offline', unsent: true });

beforeEach(async () => {
  sent = [];
  troubles = [];
  accept = answered;
  const storage = await Storage.open(`history-${(person += 1)}`);
  const transport: Transport = {
    sync: async () =>
      lines(
        { type: 'begin', streams: { [STREAM]: 4 } },
        objectLine('t1', 2, { title: 'one', priority: 'none' }),
        objectLine('t2', 2, { title: 'two', priority: 'low' }),
        { type: 'end', cursor: 'c4' },
      ),
    batch: async (writes) => {
      sent.push(...writes);
      return accept(writes);
    },
    events: () => ({ addEventListener: () => undefined, close: () => undefined }),
    task: async () => null,
    renew: async () => true,
  };
  engine = new Engine({
    transport,
    storage,
    indexes: {},
    onStatus: () => undefined,
    onRefused: (write) => history.refused(write),
    later: () => () => undefined,
    me: 'me',
    tabs: ALONE,
  });
  history = new History(engine);
  history.onTrouble = (problem) => troubles.push(problem);
  await engine.start();
});

function edit(key: string, id: string, fields: Record<string, unknown>, path = `/tasks/${id}`): NewWrite {
  const effect = { op: 'update' as const, stream: STREAM, scope: SCOPE, kind: 'task', id, fields };
  return { key, method: 'PATCH', path, body: fields, effects: [effect], at: 0 };
}

const field = (id: string, name: string) => engine.store.get('task', id)?.[name];
const queued = () => engine.outbox.all.filter(({ state }) => state === 'queued').map(({ key }) => key);
const undone = () => sent.filter(({ path }) => path === '/undo').map(({ body }) => body?.['action_id']);

describe('undo', () => {
  it('takes what was not sent out of the queue, and puts it there again', async () => {
    accept = offline;
    await history.write(edit('a', 't1', { title: 'mine' }));
    await engine.outbox.drain();
    await history.undo();
    expect(field('t1', 'title')).toBe('one');
    expect(queued()).toEqual([]);
    await history.redo();
    expect(field('t1', 'title')).toBe('mine');
    expect(queued()).toHaveLength(1);
  });

  it('asks the server to take back what it has done, and shows that at once', async () => {
    await history.write(edit('a', 't1', { title: 'mine' }));
    await engine.outbox.drain();
    accept = offline;
    await history.undo();
    expect(field('t1', 'title')).toBe('one');
    accept = answered;
    await engine.outbox.drain();
    expect(undone()).toEqual(['action-a']);
  });

  it('does again what was taken back, through the undo of the undo', async () => {
    await history.write(edit('a', 't1', { title: 'mine' }));
    await engine.outbox.drain();
    await history.undo();
    await engine.outbox.drain();
    const key = sent.find(({ path }) => path === '/undo')?.key ?? '';
    await history.redo();
    await engine.outbox.drain();
    expect(undone()).toEqual(['action-a', `action-${key}`]);
    expect(field('t1', 'title')).toBe('mine');
  });

  it('waits for the name of a write that is on its way', async () => {
    let answer: (value: BatchAnswer) => void = () => undefined;
    const onItsWay = new Promise<void>((arrived) => {
      accept = () => {
        arrived();
        return new Promise((resolve) => (answer = resolve));
      };
    });
    await history.write(edit('a', 't1', { title: 'mine' }));
    const draining = engine.outbox.drain();
    await onItsWay;
    await history.undo();
    expect(field('t1', 'title')).toBe('one');
    accept = answered;
    answer(answered(sent));
    await draining;
    await engine.outbox.drain();
    expect(undone()).toEqual(['action-a']);
  });

  it('does not take a write out of the queue that may have arrived', async () => {
    accept = () => ({ kind: 'offline' });
    await history.write(edit('a', 't1', { title: 'mine' }));
    await engine.outbox.drain();
    await history.undo();
    expect(field('t1', 'title')).toBe('one');
    accept = answered;
    await engine.outbox.drain();
    expect(undone()).toEqual(['action-a']);
  });

  it('takes several writes of one gesture back as one, the last first', async () => {
    history.together(() => {
      void history.write(edit('a', 't1', { priority: 'high' }));
      void history.write(edit('b', 't2', { priority: 'high' }));
    });
    await engine.outbox.drain();
    await engine.outbox.drain();
    await history.undo();
    await engine.outbox.drain();
    expect([field('t1', 'priority'), field('t2', 'priority')]).toEqual(['none', 'low']);
    expect(undone()).toEqual(['action-b', 'action-a']);
    expect(await history.undo()).toBe(false);
  });

  it('waits for a write that is not in the queue yet', async () => {
    const step = history.together(() => {
      void history.write(edit('a', 't1', { priority: 'high' }));
      void history.write(edit('b', 't2', { priority: 'high' }));
    });
    await history.undo(step);
    await engine.outbox.drain();
    await engine.outbox.drain();
    expect([field('t1', 'priority'), field('t2', 'priority')]).toEqual(['none', 'low']);
  });

  it('comes before the redo that follows it at once', async () => {
    await history.write(edit('a', 't1', { title: 'mine' }));
    const steps = [history.undo(), history.redo()];
    expect(await Promise.all(steps)).toEqual([true, true]);
    expect(field('t1', 'title')).toBe('mine');
  });

  it('tells a refused undo once, and keeps nothing of it', async () => {
    await history.write(edit('a', 't1', { title: 'mine' }));
    await engine.outbox.drain();
    accept = (writes) => answered(writes.map((write) => ({ ...write, path: '/refused' })));
    await history.undo();
    await engine.outbox.drain();
    expect(troubles.map(({ code }) => code)).toEqual(['changed_since']);
    expect(engine.outbox.all.filter(({ path }) => path === '/undo')).toEqual([]);
    expect(await history.redo()).toBe(false);
  });

  it('forgets what was refused', async () => {
    await history.write(edit('a', 't1', { title: 'mine' }, '/refused'));
    await engine.outbox.drain();
    expect(await history.undo()).toBe(false);
  });

  it('takes the rest of a gesture back when a part of it was refused', async () => {
    const step = history.together(() => {
      void history.write(edit('a', 't1', { priority: 'high' }));
      void history.write(edit('b', 't2', { priority: 'high' }, '/refused'));
    });
    await Promise.all(step.shown);
    await engine.outbox.drain();
    await engine.outbox.drain();
    expect(await history.undo(step)).toBe(true);
    expect(field('t1', 'priority')).toBe('none');
  });

  it('a new edit ends what could be done again', async () => {
    await history.write(edit('a', 't1', { title: 'mine' }));
    await history.undo();
    await history.write(edit('b', 't1', { title: 'other' }));
    expect(await history.redo()).toBe(false);
  });

  it('keeps an edit in the queue while a later one builds upon it', async () => {
    accept = offline;
    const first = history.together(() => void history.write(edit('a', 't1', { title: 'mine' })));
    await engine.outbox.drain();
    await history.write(edit('b', 't1', { priority: 'high' }));
    await history.undo(first);
    expect(queued().slice(0, 2)).toEqual(['a', 'b']);
    expect(field('t1', 'title')).toBe('one');
    expect(field('t1', 'priority')).toBe('high');
  });

  it('takes back what has not even reached the queue yet', async () => {
    accept = offline;
    const written = history.write(edit('early', 't1', { title: 'mine' }));
    await history.undo();
    await written;
    expect(field('t1', 'title')).toBe('one');
  });
});
