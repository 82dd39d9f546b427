/** Undo and redo of one's own last edits. What changes is seen; said is only when there is nothing, or it cannot be done. */
import type { App } from '../app/app.svelte.ts';
import type { Db } from '../app/db.svelte.ts';

export async function undoLast(app: App, db: Db): Promise<void> {
  app.toasts.show(app.t((await db.history.undo()) ? 'undo.done' : 'undo.nothing'));
}

export async function redoLast(app: App, db: Db): Promise<void> {
  app.toasts.show(app.t((await db.history.redo()) ? 'redo.done' : 'redo.nothing'));
}
