import { describe, expect, it } from 'vitest';
import { firstScopes } from '../src/app/first.ts';
import { match } from '../src/app/routes.ts';
import { Store } from '../src/sync/store.ts';
import { held } from './fixtures.ts';

describe('what the first screen waits for', () => {
  const store = new Store();
  store.applyObjects(
    [
      { id: 'inbox', key: 'INBOX', workspace_id: 'ada' },
      { id: 'huge', key: 'HUGE', workspace_id: 'ada' },
      { id: 'ops', key: 'OPS', workspace_id: 'team' },
    ].map(({ id, ...fields }) => ({ ...held(id, 1, fields), kind: 'project' })),
  );
  store.applyObjects([{ ...held('team', 1, { slug: 'acme', kind: 'team' }), kind: 'workspace' }]);
  const scopes = (path: string) => firstScopes(store, 'ada', match(path, ''));

  it('is the project that is looked at, and no other', () => {
    expect(scopes('/acme/ops')).toEqual(['project:ops']);
    expect(scopes('/ada/HUGE-12')).toEqual(['project:huge']);
  });

  it("is the person's own projects where all workspaces are shown", () => {
    expect(scopes('/today')).toEqual(['project:inbox', 'project:huge']);
  });

  it('is all that a page over all tasks shows, and no task of another workspace', () => {
    expect(scopes('/acme/tasks')).toEqual(['project:ops']);
    expect(scopes('/tasks')).toEqual(['project:inbox', 'project:huge', 'project:ops']);
  });
});
