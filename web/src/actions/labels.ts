/** Writes to labels. */
import type { Db } from '../app/db.svelte.ts';
import { HUES } from '../domain/people.ts';
import type { Label } from '../domain/types.ts';
import type { Effect, Fields } from '../sync/types.ts';
import { uuid7 } from '../sync/uuid.ts';

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
  const effects: Effect[] = [
    {
      op: 'create',
      stream: `workspace:${workspaceId}`,
      scope: 'everyone',
      kind: 'label',
      id,
      fields: { workspace_id: workspaceId, name, color },
    },
  ];
  void db.write({ method: 'POST', path: '/labels', body, effects });
  return id;
}

export function changeLabel(db: Db, { stream, scope, id }: Label, changes: Fields): void {
  const effects = [{ op: 'update' as const, stream, scope, kind: 'label', id, fields: changes }];
  void db.write({ method: 'PATCH', path: `/labels/${id}`, body: changes, effects });
}

/** Takes a label off all tasks; `heirId` is the label that takes its place there. */
export function removeLabel(db: Db, { stream, scope, id }: Label, heirId: string | null): void {
  const effects = [{ op: 'delete' as const, stream, scope, kind: 'label', id, fields: {} }];
  void db.write({ method: 'DELETE', path: `/labels/${id}`, ...(heirId && { body: { move_to: heirId } }), effects });
}
