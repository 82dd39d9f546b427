/** Writes to projects. */
import type { Api } from '../api/client.ts';
import type { Db } from '../app/db.svelte.ts';
import { between, FIRST } from '../domain/position.ts';
import type { Category, Project } from '../domain/types.ts';
import { uuid7 } from '../sync/uuid.ts';
import { creationOf, updateOf } from './effects.ts';

/** What the server gives every new project; shown until its own arrive. */
const DEFAULT_STATUSES: readonly { key: string; name: string; category: Category }[] = [
  { key: 'backlog', name: 'Backlog', category: 'backlog' },
  { key: 'todo', name: 'To do', category: 'todo' },
  { key: 'in_progress', name: 'In progress', category: 'in_progress' },
  { key: 'completed', name: 'Done', category: 'completed' },
  { key: 'canceled', name: 'Canceled', category: 'canceled' },
];

export interface NewProject {
  readonly name: string;
  readonly key: string;
  readonly color: string;
  readonly access: 'open' | 'private';
}

/** The id of the new project. */
export function createProject(db: Db, workspaceId: string, wanted: NewProject): string {
  const id = uuid7();
  const last = db.projects(workspaceId).at(-1);
  const body = { id, workspace_id: workspaceId, ...wanted };
  const fields = { ...wanted, description: '', icon: '', kind: 'project', archived_at: null };
  const position = last ? between(last.position, null) : FIRST;
  const beside = { stream: `workspace:${workspaceId}`, scope: `project:${id}` };
  const effects = [
    creationOf('project', id, beside, { ...fields, position }),
    ...DEFAULT_STATUSES.map((status, place) =>
      creationOf('status', `${id}:${status.key}`, beside, { ...status, project_id: id, position: `a${place}` }),
    ),
  ];
  void db.write({ method: 'POST', path: '/projects', body, effects });
  return id;
}

export function archiveProject(db: Db, project: Project, archive: boolean): void {
  const effects = [updateOf('project', project, { archived_at: archive ? new Date().toISOString() : null })];
  const path = `/projects/${project.id}/archive`;
  void db.write(archive ? { method: 'PUT', path, body: {}, effects } : { method: 'DELETE', path, effects });
}

/** Puts a project after another one of the list, or first. */
export function placeProject(db: Db, project: Project, others: readonly Project[], afterId: string): void {
  const at = others.findIndex(({ id }) => id === afterId);
  const fields = { position: between(others[at]?.position ?? null, others[at + 1]?.position ?? null) };
  const effects = [updateOf('project', project, fields)];
  void db.write({ method: 'PUT', path: `/projects/${project.id}/position`, body: fields, effects });
}

/** Into the trash, with the tasks that are in it. */
export function trashProject(db: Db, project: Project): void {
  const effects = [updateOf('project', project, { trashed_at: new Date().toISOString() })];
  void db.write({ method: 'DELETE', path: `/projects/${project.id}`, body: { with_tasks: true }, effects });
}

/** Out of the trash, with its tasks. Nothing of it is held here, so there is no effect that could be shown before. */
export async function restoreProject(api: Api, projectId: string): Promise<void> {
  await api.put(`/projects/${projectId}/restoration`);
}

/** `Launch plan` gives `LP`, `Operations` gives `OPE`; unique among `taken`. */
export function suggestKey(name: string, taken: readonly string[]): string {
  const words = name
    .normalize('NFD')
    .replace(/[^\p{ASCII}]/gu, '')
    .toUpperCase()
    .split(/[^A-Z0-9]+/)
    .filter(Boolean);
  const letters = words.length > 1 ? words.map((word) => word.charAt(0)).join('') : (words[0] ?? '');
  const stem = letters.replace(/^[0-9]+/, '').slice(0, words.length > 1 ? 5 : 3) || 'P';
  for (let number = 1; ; number += 1) {
    const key = number === 1 ? stem : `${stem}${number}`;
    if (!taken.includes(key)) return key;
  }
}
