/** Who has what, as the server counts it for the dashboard, out of the tasks that are held. */
import { isOpen } from './lists.ts';
import type { Task } from './types.ts';
import { groupByEach } from './view/groups.ts';

/** Tasks of a person; those of nobody without a person. */
export interface PersonCount {
  readonly user_id: string | null;
  readonly open: number;
  readonly completed: number;
}

/** A task of several people counts for each of them; canceled and trashed ones do not count. Whoever has most first. */
export function countByPerson(tasks: readonly Task[]): PersonCount[] {
  const counted = tasks.filter((task) => !task.trashed_at && task.status_category !== 'canceled');
  const groups = groupByEach(counted, (task) => (task.assignee_ids.length > 0 ? task.assignee_ids : ['']));
  return [...groups]
    .map(([person, theirs]) => {
      const open = theirs.filter(isOpen).length;
      return { user_id: person || null, open, completed: theirs.length - open };
    })
    .sort((a, b) => b.open + b.completed - a.open - a.completed);
}
