/** Writes to the people of a workspace. */
import type { Db } from '../app/db.svelte.ts';
import type { Member, Role, Task, Workspace } from '../domain/types.ts';
import { updateOf } from './effects.ts';

export function changeRole(db: Db, workspace: Workspace, member: Member, role: Role): void {
  const path = `/workspaces/${workspace.id}/members/${member.id}`;
  void db.write({ method: 'PATCH', path, body: { role }, effects: [updateOf('member', member, { role })] });
}

/** Gives tasks of one person to another, who is added before the first is taken away. */
export function reassign(db: Db, tasks: readonly Pick<Task, 'id'>[], from: string, to: string): void {
  for (const { id } of tasks) {
    const held = db.task(id);
    const path = `/tasks/${id}/assignees`;
    const ids = held?.assignee_ids.filter((one) => one !== from && one !== to) ?? [];
    const effects = held ? [updateOf('task', held, { assignee_ids: [...ids, to] })] : [];
    void db.write({ method: 'PUT', path: `${path}/${to}`, effects });
    void db.write({ method: 'DELETE', path: `${path}/${from}`, effects });
  }
}
