import { describe, expect, it } from 'vitest';
import { applyEntry, applyObject, keyOf, overlay } from '../src/sync/reducer.ts';
import { entry, held } from './fixtures.ts';

describe('an entry', () => {
  it('changes only the fields that it names', () => {
    const after = applyEntry(held('t1', 1, { title: 'a', status: 'todo' }), 0, entry(2, { fields: { title: 'b' } }));
    expect(after).toEqual(held('t1', 2, { title: 'b', status: 'todo' }));
  });

  it('is ignored unless its object version is higher than what is held', () => {
    const now = held('t1', 5, { title: 'new' });
    expect(applyEntry(now, 0, entry(9, { object_version: 5, fields: { title: 'old' } }))).toBe(now);
    expect(applyEntry(now, 0, entry(9, { object_version: 4, op: 'delete' }))).toBe(now);
  });

  it('starts the object anew on enter', () => {
    const whole = entry(3, { op: 'enter', scope: 'project:p2', fields: { title: 'b' } });
    const after = applyEntry(held('t1', 2, { title: 'a', description: 'x' }), 0, whole);
    expect(after).toEqual(held('t1', 3, { title: 'b' }, { scope: 'project:p2' }));
  });

  it('moves an object between scopes when leave and enter carry the same version, in either order', () => {
    const leave = entry(3, { op: 'leave', object_version: 3 });
    const enter = entry(4, { op: 'enter', object_version: 3, scope: 'project:p2', fields: { title: 'a' } });
    const start = held('t1', 2, { title: 'a' });
    const moved = held('t1', 3, { title: 'a' }, { scope: 'project:p2' });
    expect(applyEntry(applyEntry(start, 0, leave), 3, enter)).toEqual(moved);
    expect(applyEntry(applyEntry(start, 0, enter), 0, leave)).toEqual(moved);
  });

  it('does not bring a deleted object back', () => {
    expect(
      applyEntry(undefined, 4, entry(2, { op: 'create', object_version: 3, fields: { title: 'a' } })),
    ).toBeUndefined();
  });

  it('of an unknown operation is ignored', () => {
    const now = held('t1', 1);
    expect(applyEntry(now, 0, entry(2, { op: 'archive' as 'update' }))).toBe(now);
  });
});

describe('a snapshot object', () => {
  it('of the same version fills what was left out and keeps the rest', () => {
    const after = applyObject(held('t1', 2, { title: 'a' }), 0, held('t1', 2, { title: 'a', description: 'x' }));
    expect(after?.fields).toEqual({ title: 'a', description: 'x' });
  });

  it('of an older version never overwrites', () => {
    const now = held('t1', 3, { title: 'new', description: 'd' });
    expect(applyObject(now, 0, held('t1', 2, { title: 'old' }))).toBe(now);
  });
});

it('objects named by person ids are told apart by their workspace', () => {
  const member = { kind: 'member', id: 'u1' };
  expect(keyOf({ ...member, stream: 'workspace:a' })).not.toBe(keyOf({ ...member, stream: 'workspace:b' }));
});

it('pending effects lie over the confirmed object in order', () => {
  const effect = { op: 'update' as const, stream: '', scope: '', kind: 'task', id: 't1' };
  const seen = overlay(held('t1', 1, { title: 'a', status: 'todo' }), [
    { ...effect, fields: { title: 'b' } },
    { ...effect, fields: { title: 'c' } },
  ]);
  expect(seen?.fields).toEqual({ title: 'c', status: 'todo' });
  expect(overlay(seen, [{ ...effect, op: 'delete', fields: {} }])).toBeUndefined();
});
