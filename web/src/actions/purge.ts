/** Out of the trash for good: nothing brings it back. */
import type { Db } from '../app/db.svelte.ts';
import type { Task } from '../domain/types.ts';
import { deletionOf } from './effects.ts';

export function purgeTask(db: Db, task: Task): void {
  void db.write({ method: 'DELETE', path: `/tasks/${task.id}?permanently=true`, effects: [deletionOf('task', task)] });
}
