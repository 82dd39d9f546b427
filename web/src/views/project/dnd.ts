/** Dragging in the manual order of a project: a card goes before or after another one, or to the end of a column. */
import type { Attachment } from 'svelte/attachments';
import { dragSources } from '../../ui/dragging/drag.ts';
import { dropTarget, dropZone, type Point } from '../../ui/dragging/targets.ts';
import type { Side } from '../../domain/place.ts';

/** The cards or rows of a column: each can be dragged, and dropped upon to go before or after it. */
export function taskDrags(statusKey: string): Attachment<HTMLElement> {
  return (list) => {
    let over: Spot | null = null;
    const follow = (next: Spot | null): void => {
      if (over) mark(over.element, null);
      over = next;
      if (next) mark(next.element, next.side);
    };
    list.dataset['place'] = statusKey;
    const stops = [
      dragSources(statusKey)(list),
      dropTarget({
        over: (at, { ids }) => follow(at && spotAt(list, at, ids)),
        drop: ({ ids, place }, at) => {
          const spot = spotAt(list, at, ids);
          if (spot) place({ status: statusKey, over: spot.taskId, side: spot.side });
        },
      })(list),
    ];
    return () => {
      delete list.dataset['place'];
      stops.forEach((stop) => stop?.());
    };
  };
}

interface Spot {
  readonly element: HTMLElement;
  readonly taskId: string;
  readonly side: Side;
}

/** The task of a list that is under the pointer, unless it is one of those that are dragged. */
function spotAt(list: HTMLElement, { x, y }: Point, dragged: readonly string[]): Spot | null {
  const element = document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-drag]');
  const taskId = element?.dataset['drag'];
  if (!element || !taskId || !list.contains(element) || dragged.includes(taskId)) return null;
  const { top, height } = element.getBoundingClientRect();
  return { element, taskId, side: y < top + height / 2 ? 'before' : 'after' };
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
