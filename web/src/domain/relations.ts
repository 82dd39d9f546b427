/** How two tasks relate: one row says it for both sides, each of which has its own word for it. */
import type { Relation } from './types.ts';

export const RELATION_WORDS = ['blocks', 'blocked_by', 'relates', 'duplicates', 'duplicated_by'] as const;
export type RelationWord = (typeof RELATION_WORDS)[number];

/** What a task says of another, as it is kept. Of two tasks that relate the one with the lower id comes first. */
export function directed(
  word: RelationWord,
  task: string,
  other: string,
): { kind: Relation['kind']; from: string; to: string } {
  if (word === 'blocked_by') return { kind: 'blocks', from: other, to: task };
  if (word === 'duplicated_by') return { kind: 'duplicates', from: other, to: task };
  const turned = word === 'relates' && other < task;
  return { kind: word, from: turned ? other : task, to: turned ? task : other };
}

/** What a kept relation is called from the side of `task`. */
export function wordFrom(relation: Pick<Relation, 'kind' | 'task_id'>, task: string): RelationWord {
  if (relation.task_id === task || relation.kind === 'relates') return relation.kind;
  return relation.kind === 'blocks' ? 'blocked_by' : 'duplicated_by';
}
