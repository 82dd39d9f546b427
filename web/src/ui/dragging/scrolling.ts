/** Scrolls what is under the pointer while something is dragged near its edge, in both directions. */
import type { Point } from './targets.ts';

/** Pixels from an edge within which it scrolls, and how many in a frame at the edge itself. */
const EDGE = 56;
const FASTEST = 18;

/** Once a frame until the returned function is called. */
export function scrollNear(pointer: () => Point): () => void {
  let frame = requestAnimationFrame(step);
  function step(): void {
    scrollAt(pointer());
    frame = requestAnimationFrame(step);
  }
  return () => cancelAnimationFrame(frame);
}

function scrollAt({ x, y }: Point): void {
  let across = 0;
  let down = 0;
  for (let element = document.elementFromPoint(x, y); element; element = element.parentElement) {
    const box = element.getBoundingClientRect();
    if (down === 0 && scrolls(element, 'y')) element.scrollTop += down = speed(y, box.top, box.bottom);
    if (across === 0 && scrolls(element, 'x')) element.scrollLeft += across = speed(x, box.left, box.right);
  }
}

/** Pixels in this frame; faster the nearer the edge. */
export function speed(at: number, start: number, end: number): number {
  const edge = Math.min(EDGE, (end - start) / 4);
  if (at < start + edge) return -Math.ceil((FASTEST * Math.min(start + edge - at, edge)) / edge);
  if (at > end - edge) return Math.ceil((FASTEST * Math.min(at - end + edge, edge)) / edge);
  return 0;
}

function scrolls(element: Element, direction: 'x' | 'y'): boolean {
  const room =
    direction === 'y' ? element.scrollHeight > element.clientHeight : element.scrollWidth > element.clientWidth;
  if (!room) return false;
  const style = getComputedStyle(element);
  return /auto|scroll/.test(direction === 'y' ? style.overflowY : style.overflowX);
}
