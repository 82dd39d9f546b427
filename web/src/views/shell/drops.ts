/** What tasks that are dropped on the sidebar become. */
import type { Attachment } from 'svelte/attachments';
import type { Workbench } from '../../app/workbench.svelte.ts';
import type { Project, Task } from '../../domain/types.ts';
import { dropZone, type Load } from '../../ui/dragging/targets.ts';

/** Takes tasks of its own workspace. */
export function projectDrop(bench: Workbench, project: Project): Attachment<HTMLElement> {
  const tasksIn = (load: Load): Task[] => tasksOf(bench, load);
  return dropZone(
    (load) => void bench.edits.move(tasksIn(load), project),
    (load) =>
      tasksIn(load).every((task) => task.workspace_id === project.workspace_id && task.project_id !== project.id),
  );
}

/** Schedules for a day. */
export function dayDrop(bench: Workbench, day: () => string): Attachment<HTMLElement> {
  return dropZone((load) => void bench.edits.due(tasksOf(bench, load), day()));
}

function tasksOf({ hands }: Workbench, { ids }: Load): Task[] {
  return ids.flatMap((id) => hands.db.task(id) ?? []);
}
