import { describe, expect, it } from 'vitest';
import { Store, type Row } from '../src/sync/store.ts';
import type { Write } from '../src/sync/types.ts';
import { entry, held, SCOPE, STREAM, WORKSPACE } from './fixtures.ts';

const byProject = { task: { project: (row: Row) => [String(row['project_id'])] } };

function write(seq: number, fields: Record<string, unknown>, wanted: Partial<Write> = {}): Write {
  const effect = { op: 'update' as const, stream: STREAM, scope: SCOPE, kind: 'task', id: 't1', fields };
  return {
    seq,
    key: `k${seq}`,
    method: 'PATCH',
    path: '/tasks/t1',
    body: fields,
    effects: [effect],
    at: 0,
    state: 'queued',
    ...wanted,
  };
}

describe('the store', () => {
  it('lists what is in an index bucket, and follows a move to another', () => {
    const store = new Store(byProject);
    store.applyObjects([held('t1', 1, { project_id: 'p1' }), held('t2', 1, { project_id: 'p1' })]);
    store.applyEntries([entry(2, { fields: { project_id: 'p2' } })]);
    expect(store.where('task', 'project', 'p1').map(({ id }) => id)).toEqual(['t2']);
    expect(store.where('task', 'project', 'p2').map(({ id }) => id)).toEqual(['t1']);
  });

  it('tells which topics a change touched, and only those', () => {
    const store = new Store(byProject);
    store.applyObjects([held('t1', 1, { project_id: 'p1' }), held('t2', 1, { project_id: 'p2' })]);
    const topics: string[] = [];
    store.subscribe((change) => topics.push(...change.topics));
    store.applyEntries([entry(2, { fields: { title: 'b' } })]);
    expect(topics.sort()).toEqual(['task', 'task/t1', 'task:project=p1']);
  });

  it('gives the same list until something in it changes', () => {
    const store = new Store(byProject);
    store.applyObjects([held('t1', 1, { project_id: 'p1' })]);
    const list = store.where('task', 'project', 'p1');
    store.applyObjects([held('t2', 1, { project_id: 'p2' })]);
    expect(store.where('task', 'project', 'p1')).toBe(list);
  });

  it('shows pending writes over the confirmed state, and what others write below them', () => {
    const store = new Store();
    store.applyObjects([held('t1', 1, { title: 'a', status: 'todo' })]);
    store.setPending([write(1, { title: 'mine' })]);
    store.applyEntries([entry(2, { fields: { title: 'theirs', status: 'done' } })]);
    expect(store.get('task', 't1')).toMatchObject({ title: 'mine', status: 'done' });
    store.setPending([]);
    expect(store.get('task', 't1')).toMatchObject({ title: 'theirs', status: 'done' });
  });

  it('goes back to the confirmed state when a write is refused', () => {
    const store = new Store();
    store.applyObjects([held('t1', 1, { title: 'a' })]);
    store.setPending([write(1, { title: 'b' })]);
    store.setPending([write(1, { title: 'b' }, { state: 'refused' })]);
    expect(store.get('task', 't1')).toMatchObject({ title: 'a' });
  });

  it('shows an object that only exists here as not synced', () => {
    const store = new Store(byProject);
    const create = {
      op: 'create' as const,
      stream: STREAM,
      scope: SCOPE,
      kind: 'task',
      id: 't1',
      fields: { project_id: 'p1' },
    };
    store.setPending([write(1, {}, { effects: [create] })]);
    expect(store.where('task', 'project', 'p1')).toMatchObject([{ id: 't1', synced: false, workspace_id: WORKSPACE }]);
    store.applyEntries([entry(2, { op: 'create', object_version: 1, fields: { project_id: 'p1' } })]);
    store.setPending([]);
    expect(store.get('task', 't1')).toMatchObject({ synced: true });
  });

  it('forgets a scope that is no longer visible', () => {
    const store = new Store();
    store.applyObjects([held('t1', 1), held('t2', 1, {}, { scope: 'project:p2' })]);
    store.drop(STREAM, 'project:p2');
    expect(store.all('task').map(({ id }) => id)).toEqual(['t1']);
  });

  it('names unknown tasks that were opened again, so that they are fetched', () => {
    const store = new Store();
    const { missing } = store.applyEntries([entry(7, { id: 'old', fields: { status: 'todo', completed_at: null } })]);
    expect(missing).toEqual(['old']);
  });

  it('does not let a late answer bring back what was deleted', () => {
    const store = new Store();
    store.applyEntries([entry(5, { op: 'delete', object_version: 4 })]);
    store.applyObjects([held('t1', 3, { title: 'a' })]);
    expect(store.get('task', 't1')).toBeUndefined();
  });

  it('says who is behind a live change', () => {
    const store = new Store();
    store.applyObjects([held('t1', 1)]);
    const actors: string[] = [];
    store.subscribe((change) => actors.push(...change.actors.values()));
    store.applyEntries([entry(2, { fields: { title: 'b' } })], true);
    expect(actors).toEqual(['somebody']);
  });
});
