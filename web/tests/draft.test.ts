/** A task that is written before the first snapshot has come goes where the view says, once there is one. */
import { describe, expect, it } from 'vitest';
import type { App } from '../src/app/app.svelte.ts';
import type { Db, WriteRequest } from '../src/app/db.svelte.ts';
import type { QuickAddDefaults } from '../src/app/workbench.svelte.ts';
import { Draft } from '../src/ui/quickadd/draft.svelte.ts';

const INBOX = { id: 'inbox', workspace_id: 'me', kind: 'inbox', name: 'Inbox', key: 'INBOX' };
const ROOF = { id: 'roof', workspace_id: 'team', kind: 'project', name: 'Roof', key: 'ROOF' };
const app = { t: (key: string) => key, i18n: { locale: 'en-GB' } } as unknown as App;

/** The personal workspace comes before the others, and all of it before `ready`. */
function arriving() {
  const written: WriteRequest[] = [];
  const here = { ready: false, projects: [INBOX] };
  const db = {
    me: 'me',
    get status() {
      return { ready: here.ready };
    },
    workspaces: () => [{ id: 'me' }, { id: 'team' }],
    projects: (id: string) => here.projects.filter((one) => one.workspace_id === id),
    project: (id: string) => here.projects.find((one) => one.id === id),
    profile: () => undefined,
    members: () => [],
    labels: () => [],
    statuses: () => [],
    tasksOf: () => [],
    write: async (request: WriteRequest) => void written.push(request),
  };
  return { here, written, db: db as unknown as Db };
}

describe('a task written before the first snapshot', () => {
  it('waits, and goes to the project of the view that then opens', () => {
    const { here, written, db } = arriving();
    let defaults: QuickAddDefaults = {};
    const draft = new Draft(app, db, () => defaults);
    draft.write('Mend the gutter');
    expect(draft.add()).toBeNull();
    expect(draft.text).toBe('Mend the gutter');

    here.ready = true;
    here.projects = [INBOX, ROOF];
    defaults = { projectId: 'roof' };
    expect(draft.add()).toBe('Mend the gutter');
    expect(written).toMatchObject([{ body: { project_id: 'roof' } }]);
  });

  it('goes to the inbox where no view says otherwise', () => {
    const { here, written, db } = arriving();
    here.ready = true;
    const draft = new Draft(app, db, () => ({}));
    draft.write('Call mum');
    expect(draft.add()).toBe('Call mum');
    expect(written).toMatchObject([{ body: { project_id: 'inbox' } }]);
  });
});
