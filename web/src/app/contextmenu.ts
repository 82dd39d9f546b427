/** The right mouse button, or the menu key, on a task of the view: what can be done with it. With Shift the browser's own menu. */
import type { Workbench } from './workbench.svelte.ts';

export function taskMenu(bench: Workbench, event: MouseEvent): void {
  const target = event.target as Element;
  const row = target.closest<HTMLElement>('main [data-task]');
  const id = row?.dataset['task'];
  // A finger that stays lifts the task.
  const touched = 'pointerType' in event && event.pointerType === 'touch';
  const own = (event.button === 2 && event.shiftKey) || target.closest('input, textarea') !== null;
  if (!row || !id || touched || own || event.defaultPrevented || !bench.listing?.ids().includes(id)) return;
  event.preventDefault();
  const { selection } = bench;
  bench.hands
    .about(selection.has(id) ? selection.ids : [id], row.querySelector<HTMLElement>('a') ?? row)
    .openMenu('more');
}
