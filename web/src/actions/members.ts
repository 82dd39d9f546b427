/** Writes to the people of a workspace. */
import type { Db } from '../app/db.svelte.ts';
import type { Member, Role, Task, Workspace } from '../domain/types.ts';

export function changeRole(db: Db, workspace: Workspace, { stream, scope, id }: Member, role: Role): void {
  const effects = [{ op: 'update' as const, stream, scope, kind: 'member', id, fields: { role } }];
  void db.write({ method: 'PATCH', path: `/workspaces/${workspace.id}/members/${id}`, body: { role }, effects });
}

/** Gives tasks of one person to another, who is added before the first is taken away. */
export function reassign(db: Db, tasks: readonly Pick<Task, 'id'>[], from: string, to: string): void {
  for (const { id } of tasks) {
    const held = db.task(id);
    const path = `/tasks/${id}/assignees`;
    const ids = held?.assignee_ids.filter((one) => one !== from && one !== to) ?? [];
    const effects = held
      ? [
          {
            op: 'update' as const,
            stream: held.stream,
            scope: held.scope,
            kind: 'task',
            id,
            fields: { assignee_ids: [...ids, to] },
          },
        ]
      : [];
    void db.write({ method: 'PUT', path: `${path}/${to}`, effects });
    void db.write({ method: 'DELETE', path: `${path}/${from}`, effects });
  }
}
