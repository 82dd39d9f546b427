/** What people say about a task. */
import type { Db } from '../app/db.svelte.ts';
import type { Comment, Task } from '../domain/types.ts';
import type { Effect, Fields } from '../sync/types.ts';
import { uuid7 } from '../sync/uuid.ts';

export function addComment(db: Db, task: Task, body: string): void {
  const id = uuid7();
  const now = new Date().toISOString();
  const fields = { task_id: task.id, body, created_by: db.me, created_at: now, updated_at: now };
  const effect: Effect = { op: 'create', stream: task.stream, scope: task.scope, kind: 'comment', id, fields };
  void db.write({ method: 'POST', path: `/tasks/${task.id}/comments`, body: { id, body }, effects: [effect] });
}

export function editComment(db: Db, comment: Comment, body: string): void {
  const effects = [effectOf(comment, 'update', { body })];
  void db.write({
    method: 'PATCH',
    path: `/comments/${comment.id}`,
    body: { body, base_version: comment.version },
    effects,
  });
}

export function removeComment(db: Db, comment: Comment): void {
  void db.write({ method: 'DELETE', path: `/comments/${comment.id}`, effects: [effectOf(comment, 'delete', {})] });
}

function effectOf(comment: Comment, op: Effect['op'], fields: Fields): Effect {
  return { op, stream: comment.stream, scope: comment.scope, kind: 'comment', id: comment.id, fields };
}
