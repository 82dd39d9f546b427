/**
 * Dragging tasks by mouse, pen and finger: one mechanism on pointer events, so that a finger lifts a card after 300 ms and
 * everything can be dropped everywhere (docs/decisions/0019-dragging.md).
 */
import type { Attachment } from 'svelte/attachments';
import { grab } from '../../app/grabbing.ts';
import { Preview } from './preview.ts';
import { scrollNear } from './scrolling.ts';
import { targetAt, type DropTarget, type Load, type Point } from './targets.ts';

/** Pixels that a mouse moves before it drags, and a finger before it scrolls. */
const SLACK = 5;
/** Milliseconds that a finger rests before the card is lifted. */
const PRESS = 300;

export interface Source {
  readonly taskId: string;
  readonly from: string;
}

/** Makes an element the handle of a task. */
export function dragSource({ taskId, from }: Source): Attachment<HTMLElement> {
  return (element) => {
    element.dataset['drag'] = taskId;
    return dragSources(from)(element);
  };
}

/** Makes each element below that names a task (`data-drag`) its handle: one listener for a list of any length. */
export function dragSources(from: string): Attachment<HTMLElement> {
  return (list) => {
    const press = (event: PointerEvent): void => {
      const pressed = event.target as Element;
      const element = pressed.closest<HTMLElement>('[data-drag]');
      const taskId = element?.dataset['drag'];
      const isControl = pressed.closest('button, input, select, textarea, summary') !== null;
      if (element && taskId && event.button === 0 && !isControl) new Drag(element, { taskId, from }, event);
    };
    list.addEventListener('pointerdown', press);
    return () => list.removeEventListener('pointerdown', press);
  };
}

class Drag {
  private readonly end = new AbortController();
  private readonly start: Point;
  private readonly touch: boolean;
  private readonly timer: ReturnType<typeof setTimeout> | undefined;
  private readonly load: Load;
  private at: Point;
  private preview: Preview | null = null;
  private target: DropTarget | null = null;
  private moved = false;

  constructor(
    private readonly element: HTMLElement,
    private readonly source: Source,
    event: PointerEvent,
  ) {
    this.start = this.at = { x: event.clientX, y: event.clientY };
    this.touch = event.pointerType === 'touch';
    this.load = { ...grab(element, source.taskId), from: source.from };
    if (this.touch) this.timer = setTimeout(() => this.lift(), PRESS);
    this.listen();
  }

  private listen(): void {
    const { signal } = this.end;
    const on = { signal, capture: true };
    window.addEventListener('pointermove', (event) => this.move(event), on);
    window.addEventListener('pointerup', () => this.release(), on);
    window.addEventListener('pointercancel', () => this.stop(), on);
    window.addEventListener('keydown', (event) => this.key(event), on);
    window.addEventListener('contextmenu', (event) => this.touch && event.preventDefault(), on);
    // Without this, the finger that holds a card would scroll the page.
    const hold = (event: TouchEvent): void => void (this.preview && event.cancelable && event.preventDefault());
    window.addEventListener('touchmove', hold, { ...on, passive: false });
    signal.addEventListener('abort', () => clearTimeout(this.timer));
  }

  private move(event: PointerEvent): void {
    this.at = { x: event.clientX, y: event.clientY };
    const far = Math.hypot(this.at.x - this.start.x, this.at.y - this.start.y) > SLACK;
    if (!this.preview) {
      if (!far) return;
      if (this.touch || this.load.ids.length === 0) return this.stop();
      this.lift();
    }
    this.moved ||= far;
    if (this.moved) this.follow();
  }

  private lift(): void {
    getSelection()?.removeAllRanges();
    this.preview = new Preview(this.element, this.at, this.load.ids.length);
    for (const id of this.load.ids) sourcesOf(id).forEach((one) => one.classList.add('dragging'));
    document.documentElement.dataset['dragging'] = '';
    this.element.dispatchEvent(new CustomEvent('taskdragstart', { bubbles: true, detail: this.source.taskId }));
    if (this.touch) navigator.vibrate?.(10);
    const stop = scrollNear(() => {
      // What scrolls below a resting pointer comes under it, too.
      if (this.moved) this.follow();
      return this.moved ? this.at : { x: -1, y: -1 };
    });
    this.end.signal.addEventListener('abort', stop);
  }

  private follow(): void {
    this.preview?.move(this.at);
    const target = targetAt(this.at, this.load);
    if (this.target !== target) this.target?.over(null, this.load);
    this.target = target;
    target?.over(this.at, this.load);
  }

  private release(): void {
    if (!this.preview) return this.stop();
    swallowClick(this.element);
    const { target, at, load, moved } = this;
    this.stop();
    if (!moved) load.pressed();
    else if (target) load.drop(() => target.drop(load, at));
  }

  private key(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || !this.preview) return;
    event.stopPropagation();
    event.preventDefault();
    swallowClick(this.element);
    this.stop();
  }

  private stop(): void {
    this.end.abort();
    this.target?.over(null, this.load);
    this.target = null;
    if (!this.preview) return;
    this.preview.remove();
    this.preview = null;
    for (const one of document.querySelectorAll('.dragging')) one.classList.remove('dragging');
    delete document.documentElement.dataset['dragging'];
    window.dispatchEvent(new CustomEvent('taskdragend'));
  }
}

function sourcesOf(id: string): NodeListOf<Element> {
  return document.querySelectorAll(`[data-drag="${CSS.escape(id)}"]`);
}

/** The click that follows a drag on the dragged element itself opens nothing. */
function swallowClick(element: HTMLElement): void {
  const swallow = (event: MouseEvent): void => {
    if (!element.contains(event.target as Node)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  window.addEventListener('click', swallow, { capture: true });
  // Where no click follows, the next one is meant.
  setTimeout(() => window.removeEventListener('click', swallow, { capture: true }), 50);
}
