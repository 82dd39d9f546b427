/** What follows the pointer: a copy of the card, with the number of tasks when there are several. */
import type { Point } from './targets.ts';

export class Preview {
  private readonly element = document.createElement('div');
  private readonly grip: Point;

  constructor(source: HTMLElement, at: Point, count: number) {
    const box = source.getBoundingClientRect();
    this.grip = { x: at.x - box.left, y: at.y - box.top };
    const copy = source.cloneNode(true) as HTMLElement;
    copy.classList.remove('dragging');
    for (const one of copy.querySelectorAll('[data-task], [data-piece]')) {
      one.removeAttribute('data-task');
      one.removeAttribute('data-piece');
    }
    this.element.className = 'drag-preview';
    this.element.inert = true;
    this.element.style.inlineSize = `${box.width}px`;
    this.element.append(copy);
    if (count > 1) this.element.append(badge(count));
    document.body.append(this.element);
    this.move(at);
  }

  move({ x, y }: Point): void {
    this.element.style.transform = `translate(${x - this.grip.x}px, ${y - this.grip.y}px)`;
  }

  remove(): void {
    this.element.remove();
  }
}

function badge(count: number): HTMLElement {
  const element = document.createElement('span');
  element.className = 'drag-count';
  element.textContent = String(count);
  return element;
}
