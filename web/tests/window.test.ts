import { describe, expect, it } from 'vitest';
import {
  evenHeights,
  piecesOf,
  placesFor,
  placesIn,
  rangeBetween,
  unevenHeights,
  type Heights,
} from '../src/domain/view/window.ts';
import { neighboursOf } from '../src/domain/view/keep.ts';
import type { Task } from '../src/domain/types.ts';

const rows = (count: number) => evenHeights(count, 36);
const heightOf = (heights: Heights, pieces: ReturnType<typeof piecesOf>) =>
  pieces.items.reduce((sum, { index, gap }) => sum + gap + heights.offset(index + 1) - heights.offset(index), 0) +
  pieces.rest;

describe('a window on a long list', () => {
  it('holds what is seen and a little more, of any number', () => {
    const { items } = piecesOf(rows(20_000), rangeBetween(rows(20_000), 36_000, 36_900, 240), []);
    expect(items.length).toBeLessThan(45);
    const indexes = items.map(({ index }) => index);
    for (const seen of [1000, 1012, 1024]) expect(indexes).toContain(seen);
  });

  it('is as high as the whole list wherever it is, also with pinned rows outside of it', () => {
    const heights = unevenHeights(500, (index) => 60 + (index % 7));
    for (const top of [-5000, 0, 777, 30_000, 90_000]) {
      const pieces = piecesOf(heights, rangeBetween(heights, top, top + 600, 240), [3, 250, 499]);
      expect(heightOf(heights, pieces)).toBe(heights.offset(500));
      expect(pieces.items.map(({ index }) => index)).toEqual(expect.arrayContaining([3, 250, 499]));
    }
  });

  it('holds nothing of a list that is out of sight, and survives one that became shorter', () => {
    expect(piecesOf(rows(100), rangeBetween(rows(100), 90_000, 91_000, 240), []).items).toEqual([]);
    expect(piecesOf(rows(3), { first: 40, last: 60 }, [50]).items).toEqual([]);
  });

  it('holds as many as before while one scrolls, as far as there are so many', () => {
    const heights = unevenHeights(500, (index) => (index < 100 ? 60 : 120));
    const before = rangeBetween(heights, 3000, 3600, 240);
    const many = before.last - before.first;
    for (const top of [0, 9000, 20_000, heights.offset(500) - 600]) {
      const range = rangeBetween(heights, top, top + 600, 240, many);
      expect(range.last - range.first).toBe(many);
      expect(heights.offset(range.first)).toBeLessThanOrEqual(top);
      expect(heights.offset(range.last)).toBeGreaterThanOrEqual(top + 600);
    }
    expect(rangeBetween(rows(3), 0, 600, 240, many)).toEqual({ first: 0, last: 3 });
  });

  it('does not change while one scrolls by less than a row', () => {
    const at = (top: number) => rangeBetween(rows(1000), top, top + 900, 240);
    expect(at(3600)).toEqual(at(3610));
  });
});

describe('heights', () => {
  it('say the same whether they are worked out or added up', () => {
    const [even, uneven] = [rows(100), unevenHeights(100, () => 36)];
    for (const top of [-50, 0, 35, 36, 1799.5, 3599, 3600, 9000]) expect(even.at(top)).toBe(uneven.at(top));
    expect(even.offset(100)).toBe(uneven.offset(100));
  });
});

describe('places in the page', () => {
  const shown = (...ids: string[]) => ids.map((id) => ({ id, kind: 'plain' }));

  it('stay with what stays, and go on to what comes', () => {
    const before = placesFor(shown('a', 'b', 'c'), new Map());
    const after = placesFor(shown('b', 'c', 'd'), before);
    expect([after.get('b'), after.get('c')]).toEqual([before.get('b'), before.get('c')]);
    expect(after.get('d')).toEqual(before.get('a'));
  });

  it('go on to what is made of the same parts, where there is such a thing', () => {
    const due = { id: 'due', kind: 'due' };
    const before = placesFor([...shown('a'), due, ...shown('b')], new Map());
    const after = placesFor([...shown('c'), { id: 'late', kind: 'due' }], before);
    expect(after.get('late')).toEqual(before.get('due'));
    expect(after.get('c')).not.toEqual(before.get('due'));
  });

  it('are never shared, also when fewer are needed and then more', () => {
    const few = placesFor(shown('c'), placesFor(shown('a', 'b', 'c'), new Map()));
    const many = placesFor(shown('c', 'd', 'e', 'f', 'g'), few);
    expect(new Set([...many.values()].map(({ key }) => key)).size).toBe(5);
  });
});

describe('what is pinned', () => {
  it('is found where it is', () => {
    const items = ['a', 'b', 'c'].map((id) => ({ id }));
    expect(placesIn(items, new Set(['c', 'a', 'gone']))).toEqual([0, 2]);
  });
});

describe('the rows beside the focus', () => {
  const group = (id: string, ...ids: string[]) => ({ id, name: id, tasks: ids.map((one) => ({ id: one }) as Task) });

  it('are found across groups, empty ones included', () => {
    const groups = [group('one', 'a', 'b'), group('none'), group('two', 'c')];
    expect(neighboursOf(groups, groups[0]?.tasks[1])).toEqual(['a', 'c']);
    expect(neighboursOf(groups, groups[2]?.tasks[0])).toEqual(['b']);
    expect(neighboursOf(groups, undefined)).toEqual([]);
  });
});
