/** Rows of a list that are put in order by dragging their handle; buttons do the same without a mouse. */
import type { Attachment } from 'svelte/attachments';
import type { Side } from '../../domain/place.ts';
import { scrollNear } from '../../ui/dragging/scrolling.ts';
import type { Point } from '../../ui/dragging/targets.ts';
import { mark } from './dnd.ts';

type Drop = (id: string, over: string, side: Side) => void;

/** `kind` keeps rows of different lists apart. */
export function sortable(kind: string, id: string, ondrop: Drop): Attachment<HTMLElement> {
  return (row) => {
    row.dataset['sortable'] = kind;
    row.dataset['sorted'] = id;
    const press = (event: PointerEvent): void => {
      if (event.button !== 0 || !(event.target as Element).closest('[data-handle]')) return;
      // Neither a text is selected nor the page scrolled.
      event.preventDefault();
      new Sorting(row, event, ondrop);
    };
    row.addEventListener('pointerdown', press);
    return () => row.removeEventListener('pointerdown', press);
  };
}

class Sorting {
  private readonly end = new AbortController();
  private over: { readonly row: HTMLElement; readonly side: Side } | null = null;
  private at: Point;

  constructor(
    private readonly row: HTMLElement,
    event: PointerEvent,
    private readonly ondrop: Drop,
  ) {
    this.at = { x: event.clientX, y: event.clientY };
    document.documentElement.dataset['dragging'] = '';
    row.classList.add('dragging');
    const on = { signal: this.end.signal, capture: true };
    window.addEventListener('pointermove', ({ clientX: x, clientY: y }) => this.follow({ x, y }), on);
    window.addEventListener('pointerup', () => this.release(), on);
    window.addEventListener('pointercancel', () => this.stop(), on);
    window.addEventListener('keydown', (pressed) => pressed.key === 'Escape' && this.stop(), on);
    this.end.signal.addEventListener(
      'abort',
      scrollNear(() => this.at),
    );
  }

  private follow(at: Point): void {
    this.at = at;
    if (this.over) mark(this.over.row, null);
    const { sortable: kind = '' } = this.row.dataset;
    const row = document.elementFromPoint(at.x, at.y)?.closest<HTMLElement>(`[data-sortable="${kind}"]`);
    this.over = row && row !== this.row ? { row, side: sideOf(row, at) } : null;
    if (this.over) mark(this.over.row, this.over.side);
  }

  private release(): void {
    const { over } = this;
    this.stop();
    if (over) this.ondrop(this.row.dataset['sorted'] ?? '', over.row.dataset['sorted'] ?? '', over.side);
  }

  private stop(): void {
    this.end.abort();
    delete document.documentElement.dataset['dragging'];
    this.row.classList.remove('dragging');
    if (this.over) mark(this.over.row, null);
    this.over = null;
  }
}

function sideOf(row: HTMLElement, { y }: Point): Side {
  const { top, height } = row.getBoundingClientRect();
  return y < top + height / 2 ? 'before' : 'after';
}
