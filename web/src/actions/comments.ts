/** What people say about a task. */
import type { Db } from '../app/db.svelte.ts';
import type { Basis } from '../app/drafts.ts';
import type { Comment, Task } from '../domain/types.ts';
import { uuid7 } from '../sync/uuid.ts';
import { creationOf, deletionOf, updateOf } from './effects.ts';
import { basisFields } from './texts.ts';

export function addComment(db: Db, task: Task, body: string): void {
  const id = uuid7();
  const created_at = new Date().toISOString();
  const fields = { task_id: task.id, body, mention_ids: [], created_by: db.me, created_at, edited_at: null };
  void db.write({
    method: 'POST',
    path: `/tasks/${task.id}/comments`,
    body: { id, body },
    effects: [creationOf('comment', id, task, fields)],
  });
}

/** `base` is what was edited. `met` hears whether another edit changed the same lines meanwhile. */
export function editComment(
  db: Db,
  comment: Comment,
  body: string,
  base: Basis,
  met: (conflict: boolean) => void,
): Promise<void> {
  return db.write({
    method: 'PATCH',
    path: `/comments/${comment.id}`,
    body: { body, ...basisFields(base, 'body') },
    effects: [updateOf('comment', comment, { body, edited_at: new Date().toISOString() })],
    answered: (answer) => met((answer as { merge_conflict?: boolean } | null)?.merge_conflict ?? false),
  });
}

export function removeComment(db: Db, comment: Comment): void {
  void db.write({ method: 'DELETE', path: `/comments/${comment.id}`, effects: [deletionOf('comment', comment)] });
}
