/** Writes to the statuses of a project. */
import type { Db } from '../app/db.svelte.ts';
import { between, PositionExhausted } from '../domain/position.ts';
import type { Status } from '../domain/types.ts';
import type { Fields } from '../sync/types.ts';
import { updateOf } from './effects.ts';

export function renameStatus(db: Db, status: Status, name: string): void {
  change(db, status, { name });
}

/** Between two others; false where there is no room. */
export function placeStatus(db: Db, status: Status, after: Status | undefined, before: Status | undefined): boolean {
  try {
    change(db, status, { position: between(after?.position ?? null, before?.position ?? null) });
    return true;
  } catch (error) {
    if (error instanceof PositionExhausted) return false;
    throw error;
  }
}

function change(db: Db, status: Status, fields: Fields): void {
  const path = `/projects/${status.project_id}/statuses/${status.id}`;
  void db.write({ method: 'PATCH', path, body: fields, effects: [updateOf('status', status, fields)] });
}
