/** Out of the trash for good: nothing brings it back. */
import type { Db } from '../app/db.svelte.ts';
import type { Task } from '../domain/types.ts';

export function purgeTask(db: Db, task: Task): void {
  const { stream, scope, id } = task;
  const effects = [{ op: 'delete' as const, stream, scope, kind: 'task', id, fields: {} }];
  void db.write({ method: 'DELETE', path: `/tasks/${id}?permanently=true`, effects });
}
