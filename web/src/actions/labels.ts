/** Writes to labels. */
import type { Db } from '../app/db.svelte.ts';
import { HUES } from '../domain/people.ts';
import type { Label } from '../domain/types.ts';
import type { Fields } from '../sync/types.ts';
import { uuid7 } from '../sync/uuid.ts';
import { creationOf, deletionOf, updateOf } from './effects.ts';

/** A label of that name, however it is written: the server takes each name once. */
export function findLabel(labels: readonly Label[], name: string): Label | undefined {
  const wanted = name.trim().normalize().toLowerCase();
  return labels.find((label) => label.name.toLowerCase() === wanted);
}

/** The id of the new label. Its hue follows from how many there are, so that neighbours differ. */
export function createLabel(db: Db, workspaceId: string, name: string): string {
  const id = uuid7();
  const color = HUES[db.labels(workspaceId).length % (HUES.length - 1)] ?? 'gray';
  const body = { id, workspace_id: workspaceId, name, color };
  const place = { stream: `workspace:${workspaceId}`, scope: 'everyone' };
  const effects = [creationOf('label', id, place, { workspace_id: workspaceId, name, color })];
  void db.write({ method: 'POST', path: '/labels', body, effects });
  return id;
}

export function changeLabel(db: Db, label: Label, changes: Fields): void {
  const effects = [updateOf('label', label, changes)];
  void db.write({ method: 'PATCH', path: `/labels/${label.id}`, body: changes, effects });
}

/** Takes a label off all tasks; `heirId` is the label that takes its place there. */
export function removeLabel(db: Db, label: Label, heirId: string | null): void {
  const effects = [deletionOf('label', label)];
  void db.write({
    method: 'DELETE',
    path: `/labels/${label.id}`,
    ...(heirId && { body: { move_to: heirId } }),
    effects,
  });
}
