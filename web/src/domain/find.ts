/** Tasks by key or by words of their titles, for pickers. */
import { isClosed } from './closure.ts';
import type { Task } from './types.ts';

/** At most `most`: whose key begins so, then whose title does, then those that have all the words; open ones first. */
export function findTasks(
  tasks: readonly Task[],
  keyOf: (task: Task) => string,
  query: string,
  most: number,
): readonly Task[] {
  const wanted = query.trim().toLowerCase();
  const words = wanted.split(/\s+/).filter(Boolean);
  const ranked: { task: Task; rank: number }[] = [];
  for (const task of tasks) {
    if (task.trashed_at) continue;
    const title = task.title.toLowerCase();
    const key = keyOf(task).toLowerCase();
    const closed = isClosed(task) ? 0.5 : 0;
    if (wanted === '') ranked.push({ task, rank: 3 + closed });
    else if (key === wanted) ranked.push({ task, rank: 0 });
    else if (key.startsWith(wanted)) ranked.push({ task, rank: 1 + closed });
    else if (title.startsWith(wanted)) ranked.push({ task, rank: 2 + closed });
    else if (words.every((word) => title.includes(word))) ranked.push({ task, rank: 3 + closed });
  }
  ranked.sort((a, b) => a.rank - b.rank || (a.task.updated_at < b.task.updated_at ? 1 : -1));
  return ranked.slice(0, most).map(({ task }) => task);
}
