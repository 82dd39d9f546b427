import { describe, expect, it } from 'vitest';
import { countByPerson } from '../src/domain/counting.ts';
import type { Task } from '../src/domain/types.ts';

function task(status_category: string, assignee_ids: readonly string[], trashed_at: string | null = null): Task {
  return { status_category, assignee_ids, trashed_at } as unknown as Task;
}

describe('who has what', () => {
  it('counts open and completed tasks for each of their people, and those of nobody', () => {
    const tasks = [
      task('completed', ['ada', 'cleo']),
      task('in_progress', ['cleo']),
      task('todo', []),
      task('canceled', ['ada']),
      task('todo', ['ada'], '2026-11-23T00:00:00Z'),
    ];
    expect(countByPerson(tasks)).toEqual([
      { user_id: 'cleo', open: 1, completed: 1 },
      { user_id: 'ada', open: 0, completed: 1 },
      { user_id: null, open: 1, completed: 0 },
    ]);
  });
});
