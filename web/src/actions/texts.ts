/** What an edit of a long text was made on, so that the server can merge it with what others have written since. */
import type { Basis } from '../app/drafts.ts';
import type { Db } from '../app/db.svelte.ts';
import type { Comment, Task } from '../domain/types.ts';
import type { Fields } from '../sync/types.ts';

export const NEW: Basis = { version: 0 };

export function basisOfDescription(db: Db, task: Task): Basis {
  return basisOf(db, 'task', task, 'description', task.description ?? '');
}

export function basisOfComment(db: Db, comment: Comment): Basis {
  return basisOf(db, 'comment', comment, 'body', comment.body);
}

/** As the server takes it. */
export function basisFields({ version, text }: Basis, field: 'description' | 'body'): Fields {
  if (text !== undefined) return { [`base_${field}`]: text };
  return version > 0 ? { base_version: version } : {};
}

/** An edit of one's own that is still on its way has no version: then the text itself says what was edited. */
function basisOf(
  db: Db,
  kind: string,
  { id, version }: { readonly id: string; readonly version: number },
  field: string,
  text: string,
): Basis {
  const confirmed = db.engine.store.confirmed(kind, id)?.fields[field];
  return confirmed === text ? { version } : { version, text };
}
