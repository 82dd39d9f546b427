/** How tasks relate to each other. */
import type { Db } from '../app/db.svelte.ts';
import type { RelationWord } from '../domain/relations.ts';
import { directed } from '../domain/relations.ts';
import type { Task } from '../domain/types.ts';
import { uuid7 } from '../sync/uuid.ts';
import { creationOf, deletionOf } from './effects.ts';

/** `answered` is told when the server knows it: relations between two projects are in no stream. */
export function addRelation(db: Db, task: Task, word: RelationWord, other: Task, answered: () => void): void {
  const id = uuid7();
  const { kind, from, to } = directed(word, task.id, other.id);
  const fields = { kind, task_id: from, other_task_id: to, created_at: new Date().toISOString() };
  void db.write({
    method: 'POST',
    path: `/tasks/${task.id}/relations`,
    body: { id, kind: word, task_id: other.id },
    effects: [creationOf('relation', id, task, fields)],
    answered,
  });
}

export function removeRelation(db: Db, task: Task, relationId: string, answered: () => void): void {
  const effects = [deletionOf('relation', { ...task, id: relationId })];
  void db.write({ method: 'DELETE', path: `/relations/${relationId}`, effects, answered });
}
