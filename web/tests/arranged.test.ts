import { describe, expect, it } from 'vitest';
import { comparePosition } from '../src/domain/order.ts';
import { ALL, Arranged } from '../src/domain/view/arranged.ts';
import { changesBetween, Tally } from '../src/domain/view/changes.ts';

interface Item {
  readonly id: string;
  readonly position: string;
  readonly status: string;
}

const item = (id: string, position: string, status = 'todo'): Item => ({ id, position, status });
const many = (count: number): Item[] =>
  Array.from({ length: count }, (_, at) => item(`t${at}`, `a${(at * 37) % count}`, `s${at % 3}`));

/** Also tells how often it looked at a thing to decide whether it belongs. */
function arrangement() {
  const looked: string[] = [];
  const arranged = new Arranged<Item>({
    admits: ({ id, status }) => (looked.push(id), status !== 'hidden'),
    compare: comparePosition,
    keysOf: ({ status }) => [status],
  });
  return { arranged, looked };
}

function anew(list: readonly Item[]): ReadonlyMap<string, readonly Item[]> {
  return arrangement().arranged.of(list);
}

describe('what differs between two readings of a list', () => {
  const [a, b, c] = [item('a', '1'), item('b', '2'), item('c', '3')];

  it('is what changed, went and came, and not what only moved up', () => {
    const changed = item('b', '9');
    expect(changesBetween([a, b, c], [a, changed, c])).toEqual({ gone: [b], come: [changed] });
    expect(changesBetween([a, b, c], [b, c])).toEqual({ gone: [a], come: [] });
    expect(changesBetween([a, b], [a, b, c])).toEqual({ gone: [], come: [c] });
    expect(changesBetween([a, b, c], [a, b, c])).toEqual({ gone: [], come: [] });
  });

  it('leads from one to the other, also in another order', () => {
    const { gone, come } = changesBetween([a, b, c], [c, a]);
    const left = [a, b, c].filter((one) => !gone.includes(one));
    expect(new Set([...left, ...come])).toEqual(new Set([c, a]));
  });
});

describe('things in order and in groups', () => {
  it.each([1, 200])('are as if arranged anew, after %i changes, additions and removals', (count) => {
    const { arranged } = arrangement();
    let list = many(600);
    arranged.of(list);
    for (let step = 0; step < count; step += 1) {
      list = list.toSpliced((step * 7) % 300, 1).toSpliced(300, 1, item(`moved${step}`, `a${step * 3}`, 's1'));
    }
    list = [...list, item('new', 'a1005', 's9')];
    expect(arranged.of(list)).toEqual(anew(list));
  });

  it('are the same arrays while nothing in them changes, and only what changed is looked at', () => {
    const { arranged, looked } = arrangement();
    const list = many(1000);
    const before = arranged.of(list);
    expect(arranged.of([...list])).toBe(before);
    looked.length = 0;
    const done = { ...(list[500] as Item), status: 's0' };
    const after = arranged.of(list.toSpliced(500, 1, done));
    expect(looked).toEqual([done.id, done.id]);
    expect(after.get('s1')).toBe(before.get('s1'));
    expect(after.get('s2')).not.toContain(list[500]);
    expect(after.get('s0')).toContain(done);
  });

  it('leave out what is not admitted, and empty groups', () => {
    const { arranged } = arrangement();
    arranged.of([item('a', '1'), item('b', '2', 'rare')]);
    const groups = arranged.of([item('a', '1'), item('b', '2', 'hidden')]);
    expect([...groups.keys()]).toEqual([ALL, 'todo']);
  });
});

describe('a tally', () => {
  it('counts on as things change, come and go', () => {
    const tally = new Tally<Item>(({ status }) => status === 'done');
    const [a, b] = [item('a', '1', 'done'), item('b', '2')];
    expect(tally.of([a, b])).toBe(1);
    expect(tally.of([a, { ...b, status: 'done' }, item('c', '3', 'done')])).toBe(3);
    expect(tally.of([b])).toBe(0);
  });
});
