/** Names of the people in one's workspaces: entries name people by id, so they are asked for when first needed. */
import { untrack } from 'svelte';
import type { Schema } from '../api/types.ts';
import type { Db } from './db.svelte.ts';

/** Keeps the `person` objects of the store complete; call it once, inside a component. */
export function knowPeople(db: Db): void {
  const asked = new Set<string>();
  $effect(() => {
    for (const workspace of db.workspaces()) {
      const members = db.members(workspace.id);
      const unknown = members.some(({ id }) => !untrack(() => db.person(id)));
      const question = `${workspace.id} ${members.length}`;
      if (!workspace.synced || asked.has(question) || (!unknown && asked.size > 0)) continue;
      asked.add(question);
      void ask(db, workspace.id).catch(() => asked.delete(question));
    }
  });
}

async function ask(db: Db, workspaceId: string): Promise<void> {
  const { items } = await db.api.get<Schema<'MemberList'>>(`/workspaces/${workspaceId}/members`);
  db.engine.store.applyObjects(
    items.map(({ user_id, name, avatar_url }) => ({
      stream: 'people:all',
      scope: 'everyone',
      kind: 'person',
      id: user_id,
      version: Date.now(),
      fields: { name, avatar_url },
    })),
  );
}
