/** What tasks can be dropped on. The innermost target under the pointer that takes them has them. */
import type { Attachment } from 'svelte/attachments';
import type { Hold } from '../../app/grabbing.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** What is under way. `from` is what its source said of itself, for example a group. */
export interface Load extends Hold {
  readonly from: string;
}

export interface DropTarget {
  /** Left out: takes everything. */
  accepts?(load: Load): boolean;
  /** The pointer is over it, or no longer (null). */
  over(at: Point | null, load: Load): void;
  drop(load: Load, at: Point): void;
}

const TARGETS = new WeakMap<Element, DropTarget>();

export function dropTarget(target: DropTarget): Attachment<HTMLElement> {
  return (element) => {
    TARGETS.set(element, target);
    return () => TARGETS.delete(element);
  };
}

/** A target that shows `.over` while tasks are over it. */
export function dropZone(drop: DropTarget['drop'], accepts?: DropTarget['accepts']): Attachment<HTMLElement> {
  return (element) => {
    const over = (at: Point | null): void => void element.classList.toggle('over', at !== null);
    return dropTarget({ over, drop, ...(accepts && { accepts }) })(element);
  };
}

export function targetAt({ x, y }: Point, load: Load): DropTarget | null {
  for (let element = document.elementFromPoint(x, y); element; element = element.parentElement) {
    const target = TARGETS.get(element);
    if (target && (target.accepts?.(load) ?? true)) return target;
  }
  return null;
}
