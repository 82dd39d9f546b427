/** On a phone a row is swiped: to its end completes the task, to its beginning schedules it. Both are in its menu, too. */
import type { Attachment } from 'svelte/attachments';
import { mayEdit } from '../actions/people.ts';
import type { App } from '../app/app.svelte.ts';
import type { Workbench } from '../app/workbench.svelte.ts';

/** Pixels until a swipe begins, and until it counts. */
const SLACK = 12;
const ENOUGH = 88;

/** For the element around all rows that have `data-swipe`. */
export function swipes(app: App, bench: Workbench): Attachment<HTMLElement> {
  const done = (row: HTMLElement, far: number): void => {
    const task = bench.hands.db.task(row.dataset['task'] ?? '');
    if (!task || !mayEdit(bench.hands.db, task) || Math.abs(far) < ENOUGH) return;
    if (far > 0) void bench.edits.complete([task], true);
    else bench.openMenu('due', task, row.querySelector<HTMLElement>('a') ?? row);
  };
  const begin = (event: PointerEvent): void => {
    const row = (event.target as Element).closest<HTMLElement>('[data-swipe]');
    if (row && event.pointerType === 'touch' && event.isPrimary) {
      new Swipe(row, event, [app.t('action.complete'), app.t('action.schedule')], done);
    }
  };
  return (root) => {
    root.addEventListener('pointerdown', begin);
    return () => root.removeEventListener('pointerdown', begin);
  };
}

class Swipe {
  private readonly end = new AbortController();
  private readonly forward = document.dir === 'rtl' ? -1 : 1;
  private far = 0;
  private under = false;

  constructor(
    private readonly row: HTMLElement,
    private readonly start: PointerEvent,
    private readonly names: readonly [forth: string, back: string],
    private readonly done: (row: HTMLElement, far: number) => void,
  ) {
    const on = { signal: this.end.signal };
    window.addEventListener('pointermove', (event) => this.move(event), on);
    window.addEventListener('pointerup', () => this.release(), on);
    window.addEventListener('pointercancel', () => this.stop(), on);
  }

  private move({ clientX, clientY }: PointerEvent): void {
    const across = clientX - this.start.clientX;
    const down = Math.abs(clientY - this.start.clientY);
    if (!this.under) {
      if ('dragging' in document.documentElement.dataset || down > SLACK) return this.stop();
      if (Math.abs(across) < SLACK) return;
      this.under = true;
    }
    this.far = across * this.forward;
    this.row.style.transform = `translateX(${across}px)`;
    const place = this.row.parentElement;
    if (!place) return;
    place.dataset['swiped'] = this.far > 0 ? 'forth' : 'back';
    place.dataset['said'] = this.names[this.far > 0 ? 0 : 1];
    place.classList.toggle('enough', Math.abs(this.far) >= ENOUGH);
  }

  private release(): void {
    const { row, far, under } = this;
    this.stop();
    // No click follows a finger that has moved.
    if (under) this.done(row, far);
  }

  private stop(): void {
    this.end.abort();
    this.row.style.transform = '';
    const place = this.row.parentElement;
    place?.classList.remove('enough');
    delete place?.dataset['swiped'];
    delete place?.dataset['said'];
  }
}
