/** What dragging means in a view: a place in the manual order of a project, or only another group. */
import type { Attachment } from 'svelte/attachments';
import { regroup } from '../../actions/regroup.ts';
import type { ViewModel } from '../../app/viewmodel.svelte.ts';
import type { Task } from '../../domain/types.ts';
import { isManual } from '../../domain/view/sorting.ts';
import { taskSources, taskTarget } from '../../ui/drops.ts';
import { columnDrop, taskDrags } from '../project/dnd.ts';
import type { NamedGroup } from './grouped.ts';

export interface Moving {
  /** For the element around the tasks of a group. */
  readonly items: (groupId: string) => Attachment<HTMLElement>;
  readonly group: (group: NamedGroup) => Attachment<HTMLElement>;
}

export function movingIn(model: ViewModel, moved: (task: Task, group: NamedGroup) => void): Moving {
  const { grouping, sorting } = model.settings;
  if (model.projectId && grouping === 'status' && isManual(sorting)) {
    return { items: taskDrags, group: ({ id }) => columnDrop(id) };
  }
  return {
    items: taskSources,
    group: (group) =>
      taskTarget((taskId, from) => {
        const task = model.db.task(taskId);
        if (task && regroup(model.db, task, grouping, from, group.id, model.reader.today)) moved(task, group);
      }),
  };
}
