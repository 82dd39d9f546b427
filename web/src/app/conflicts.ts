/** An edit that met another one after its page was left: told in a few words, since both are still there to be compared. */
import type { App } from './app.svelte.ts';
import type { Workbench } from './workbench.svelte.ts';

export function tellConflict(app: App, bench: Workbench, taskId: string): void {
  const task = bench.hands.db.task(taskId);
  if (!task) return;
  app.toasts.show(app.t('conflict.text', { title: task.title }), {
    label: app.t('action.open'),
    run: () => bench.open(task),
  });
}
