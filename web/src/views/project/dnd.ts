/** Dragging tasks: within and between the columns of a project. The menu *Move* and the key S do the same without a mouse. */
import {
  draggable,
  dropTargetForElements,
  monitorForElements,
} from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine';
import {
  attachClosestEdge,
  extractClosestEdge,
  type Edge,
} from '@atlaskit/pragmatic-drag-and-drop-hitbox/closest-edge';
import { autoScrollForElements } from '@atlaskit/pragmatic-drag-and-drop-auto-scroll/element';
import type { Attachment } from 'svelte/attachments';
import { moveTask } from '../../actions/tasks.ts';
import type { Db } from '../../app/db.svelte.ts';
import type { I18n } from '../../i18n/i18n.svelte.ts';
import { neighbours } from '../../domain/place.ts';

/** A card or row that can be dragged, and dropped upon to go before or after it. */
export function taskDrag(taskId: string, statusKey: string): Attachment<HTMLElement> {
  return (element) =>
    combine(
      draggable({
        element,
        getInitialData: () => ({ type: 'task', taskId }),
        onDragStart: () => element.classList.add('dragging'),
        onDrop: () => element.classList.remove('dragging'),
      }),
      dropTargetForElements({
        element,
        canDrop: ({ source }) => source.data['type'] === 'task' && source.data['taskId'] !== taskId,
        getData: ({ input }) =>
          attachClosestEdge({ taskId, statusKey }, { element, input, allowedEdges: ['top', 'bottom'] }),
        onDrag: ({ self }) => mark(element, extractClosestEdge(self.data)),
        onDragLeave: () => mark(element, null),
        onDrop: () => mark(element, null),
      }),
    );
}

/** A column: dropped upon outside of its cards, a task goes to the end. */
export function columnDrop(statusKey: string): Attachment<HTMLElement> {
  return (element) =>
    dropTargetForElements({
      element,
      canDrop: ({ source }) => source.data['type'] === 'task',
      getData: () => ({ statusKey }),
      onDragEnter: () => element.classList.add('over'),
      onDragLeave: () => element.classList.remove('over'),
      onDrop: () => element.classList.remove('over'),
    });
}

/** Scrolls by itself when a dragged card comes near an edge. */
export const scrollWhileDragging: Attachment<HTMLElement> = (element) => autoScrollForElements({ element });

/** Does what a drop means, and says it. Returns how to stop. */
export function monitorDrops(db: Db, say: (text: string) => void, t: I18n['t']): () => void {
  return monitorForElements({
    canMonitor: ({ source }) => source.data['type'] === 'task',
    onDrop({ source, location }) {
      const target = location.current.dropTargets[0];
      const task = db.task(String(source.data['taskId']));
      if (!target || !task) return;
      const status = db.statuses(task.project_id).find(({ key }) => key === target.data['statusKey']);
      if (!status) return;
      const over = typeof target.data['taskId'] === 'string' ? target.data['taskId'] : null;
      const edge = extractClosestEdge(target.data);
      const place = neighbours(
        db.tasksOf(task.project_id),
        task,
        status.key,
        over,
        edge === 'top' ? 'before' : 'after',
      );
      if (place.after?.id === task.id || place.before?.id === task.id) return;
      // What has the focus stays where it is; what was dragged must not.
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
      moveTask(db, task, { ...place, status });
      say(t('board.moved', { title: task.title, status: status.name }));
    },
  });
}

function mark(element: HTMLElement, edge: Edge | null): void {
  element.classList.toggle('drop-before', edge === 'top');
  element.classList.toggle('drop-after', edge === 'bottom');
}
