/** Dragging in the manual order of a project: a card goes before or after another one, or to the end of a column. */
import type { Attachment } from 'svelte/attachments';
import { dragSource } from '../../ui/dragging/drag.ts';
import { dropTarget, dropZone } from '../../ui/dragging/targets.ts';
import type { Side } from '../../domain/place.ts';

/** A card or row that can be dragged, and dropped upon to go before or after it. */
export function taskDrag(taskId: string, statusKey: string): Attachment<HTMLElement> {
  return (element) => {
    const side = (y: number): Side => {
      const { top, height } = element.getBoundingClientRect();
      return y < top + height / 2 ? 'before' : 'after';
    };
    element.dataset['place'] = statusKey;
    const stops = [
      dragSource({ taskId, from: statusKey })(element),
      dropTarget({
        over: (at, { ids }) => mark(element, at && !ids.includes(taskId) ? side(at.y) : null),
        drop: ({ ids, place }, { y }) => {
          if (!ids.includes(taskId)) place({ status: statusKey, over: taskId, side: side(y) });
        },
      })(element),
    ];
    return () => stops.forEach((stop) => stop?.());
  };
}

/** A column: dropped upon outside of its cards, a task goes to the end. */
export function columnDrop(statusKey: string): Attachment<HTMLElement> {
  return (element) => {
    element.dataset['column'] = statusKey;
    return dropZone(({ place }) => place({ status: statusKey, over: null, side: 'after' }))(element);
  };
}

/** Where the task would go: a line before or after this element, or none. */
export function mark(element: Element, side: Side | null): void {
  element.classList.toggle('drop-before', side === 'before');
  element.classList.toggle('drop-after', side === 'after');
}
