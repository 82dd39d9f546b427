/** Undo of one's own last action. */
import type { App } from '../app/app.svelte.ts';
import type { Db } from '../app/db.svelte.ts';

/** Takes back what is still waiting here; otherwise asks the server to undo the last action that it took from here. */
export async function undoLast(app: App, db: Db): Promise<void> {
  const last = db.engine.takeLast();
  if (!last) return;
  const queued = db.engine.outbox.all.find((write) => write.key === last.key && write.state === 'queued');
  try {
    if (queued) await db.engine.outbox.discard(queued.seq);
    else if (last.actionId) await db.api.post('/undo', { action_id: last.actionId });
    else return;
    app.toasts.show(app.t('undo.done'));
  } catch (error) {
    app.toasts.show(app.explain(error));
  }
}
