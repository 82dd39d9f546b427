/** Saved views. */
import type { Db } from '../app/db.svelte.ts';
import { between, FIRST } from '../domain/position.ts';
import { comparePosition } from '../domain/order.ts';
import type { SavedView, Shape } from '../domain/view/types.ts';
import type { Fields } from '../sync/types.ts';
import { uuid7 } from '../sync/uuid.ts';
import { creationOf, deletionOf, updateOf } from './effects.ts';

export interface NewView {
  readonly workspaceId: string;
  readonly projectId: string | null;
  readonly name: string;
  readonly sharedWith: SavedView['shared_with'];
  readonly shape: Shape;
}

/** The id of the new view. */
export function createView(db: Db, wanted: NewView): string {
  const id = uuid7();
  const { workspaceId, projectId, name, sharedWith, shape } = wanted;
  const last = [...db.views(workspaceId)].sort(comparePosition).at(-1);
  const fields = { ...shape, name, shared_with: sharedWith, project_id: projectId, icon: '' };
  const position = last ? between(last.position, null) : FIRST;
  const place = { stream: `workspace:${workspaceId}`, scope: scopeOf(db, sharedWith, projectId) };
  const effect = creationOf('view', id, place, { ...fields, owner_id: db.me, position });
  const body = { id, workspace_id: workspaceId, ...fields, position };
  void db.write({ method: 'POST', path: '/views', body, effects: [effect] });
  return id;
}

export function updateView(db: Db, view: SavedView, changes: Fields): void {
  const effects = [updateOf('view', view, changes)];
  void db.write({ method: 'PATCH', path: `/views/${view.id}`, body: changes, effects });
}

export function deleteView(db: Db, view: SavedView): void {
  void db.write({ method: 'DELETE', path: `/views/${view.id}`, effects: [deletionOf('view', view)] });
}

function scopeOf(db: Db, sharedWith: SavedView['shared_with'], projectId: string | null): string {
  if (sharedWith === 'project') return `project:${projectId}`;
  return sharedWith === 'workspace' ? 'members' : `person:${db.me}`;
}
