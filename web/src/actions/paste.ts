/** Several tasks at once, from lines; one step of undo. */
import type { Db } from '../app/db.svelte.ts';
import type { Line } from '../domain/lines.ts';
import { comparePosition } from '../domain/order.ts';
import { spread } from '../domain/position.ts';
import type { Project } from '../domain/types.ts';
import { createTask, type NewTask } from './tasks.ts';

export function createTasks(db: Db, project: Project, lines: readonly Line[], given: Omit<NewTask, 'title'>): void {
  const last = [...db.tasksOf(project.id)].sort(comparePosition).at(-1);
  const positions = spread(last?.position ?? null, null, lines.length);
  const done = db.statuses(project.id).find(({ category }) => category === 'completed')?.key;
  db.history.together(() => {
    lines.forEach((line, place) => {
      const position = positions[place];
      createTask(db, project, {
        ...given,
        title: line.title,
        ...(position !== undefined && { position }),
        ...(line.done && done !== undefined && { status: done }),
      });
    });
  });
}
