/** What snapshots leave out, fetched when a view needs it and kept in the sync store. */
import { heldTask } from '../api/transport.ts';
import type { Schema } from '../api/types.ts';
import type { Db } from '../app/db.svelte.ts';
import type { Task } from '../domain/types.ts';

/** The whole task: with its description, or long closed, or from the trash. */
export async function fetchTask(db: Db, id: string): Promise<void> {
  const task = await db.api.get<Schema<'Task'>>(`/tasks/${id}`);
  db.engine.store.applyObjects([heldTask(task)]);
}

/** The comments of a task, all pages of them. */
export async function fetchComments(db: Db, task: Task): Promise<void> {
  const { stream, scope } = task;
  let cursor: string | null = null;
  do {
    const page: Schema<'CommentPage'> = await db.api.get(`/tasks/${task.id}/comments`, { limit: 200, cursor });
    db.engine.store.applyObjects(
      page.items.map(({ id, version, ...fields }) => ({ stream, scope, kind: 'comment', id, version, fields })),
    );
    cursor = page.next_cursor ?? null;
  } while (cursor !== null);
}
