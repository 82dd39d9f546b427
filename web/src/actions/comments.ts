/** What people say about a task. */
import type { Db } from '../app/db.svelte.ts';
import type { Basis } from '../app/drafts.ts';
import type { Comment, Task } from '../domain/types.ts';
import { uuid7 } from '../sync/uuid.ts';
import { creationOf, deletionOf, updateOf } from './effects.ts';
import { basisFields } from './texts.ts';

/** What the server says besides: who was named but does not see the task, and whether two edits met. */
export interface CommentAnswer {
  readonly no_access?: readonly string[];
  readonly merge_conflict?: boolean;
}

type Told = (answer: CommentAnswer | null) => void;

export function addComment(db: Db, task: Task, body: string, told: Told): void {
  const id = uuid7();
  const created_at = new Date().toISOString();
  const fields = { task_id: task.id, body, mention_ids: [], created_by: db.me, created_at, edited_at: null };
  void db.write({
    method: 'POST',
    path: `/tasks/${task.id}/comments`,
    body: { id, body },
    effects: [creationOf('comment', id, task, fields)],
    answered: (answer) => told(answer as CommentAnswer | null),
  });
}

/** `base` is what was edited. */
export function editComment(db: Db, comment: Comment, body: string, base: Basis, told: Told): void {
  void db.write({
    method: 'PATCH',
    path: `/comments/${comment.id}`,
    body: { body, ...basisFields(base, 'body') },
    effects: [updateOf('comment', comment, { body, edited_at: new Date().toISOString() })],
    answered: (answer) => told(answer as CommentAnswer | null),
  });
}

export function removeComment(db: Db, comment: Comment): void {
  void db.write({ method: 'DELETE', path: `/comments/${comment.id}`, effects: [deletionOf('comment', comment)] });
}
