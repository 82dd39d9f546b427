/** Rows of a list that are put in order by dragging; buttons do the same without a mouse. */
import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine';
import {
  attachClosestEdge,
  extractClosestEdge,
  type Edge,
} from '@atlaskit/pragmatic-drag-and-drop-hitbox/closest-edge';
import type { Attachment } from 'svelte/attachments';

type Drop = (id: string, over: string, side: 'before' | 'after') => void;

/** `kind` keeps rows of different lists apart; a handle inside the row, if it has one, is what is taken hold of. */
export function sortable(kind: string, id: string, ondrop: Drop): Attachment<HTMLElement> {
  return (element) => {
    const dragHandle = element.querySelector('[data-handle]');
    return combine(
      draggable({
        element,
        ...(dragHandle && { dragHandle }),
        getInitialData: () => ({ kind, id }),
        onDragStart: () => element.classList.add('dragging'),
        onDrop: () => element.classList.remove('dragging'),
      }),
      dropTargetForElements({
        element,
        canDrop: ({ source }) => source.data['kind'] === kind && source.data['id'] !== id,
        getData: ({ input }) => attachClosestEdge({}, { element, input, allowedEdges: ['top', 'bottom'] }),
        onDrag: ({ self }) => mark(element, extractClosestEdge(self.data)),
        onDragLeave: () => mark(element, null),
        onDrop: ({ source, self }) => {
          mark(element, null);
          ondrop(String(source.data['id']), id, extractClosestEdge(self.data) === 'top' ? 'before' : 'after');
        },
      }),
    );
  };
}

function mark(element: HTMLElement, edge: Edge | null): void {
  element.classList.toggle('drop-before', edge === 'top');
  element.classList.toggle('drop-after', edge === 'bottom');
}
