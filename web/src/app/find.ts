/** From the names in addresses to objects. */
import type { Project, Task, Workspace } from '../domain/types.ts';
import type { SavedView } from '../domain/view/types.ts';
import type { Db } from './db.svelte.ts';

export function findWorkspace(db: Db, name: string): Workspace | undefined {
  return db.workspace(name) ?? db.workspaces().find(({ slug }) => slug === name);
}

export function findProject(db: Db, workspaceId: string, name: string): Project | undefined {
  const wanted = name.toUpperCase();
  return db.projects(workspaceId).find(({ id, key }) => key === wanted || id === name);
}

/** By id, or by key (`OPS-142`). */
export function findTask(db: Db, workspaceId: string, reference: string): Task | undefined {
  const byId = db.task(reference);
  if (byId) return byId;
  const dash = reference.lastIndexOf('-');
  const project = findProject(db, workspaceId, reference.slice(0, dash));
  return project && db.taskByNumber(project.id, Number(reference.slice(dash + 1)));
}

/** The address of a workspace; of one that is not held, by its id. */
export function pathOfWorkspace({ id, slug }: { readonly id: string; readonly slug?: string | undefined }): string {
  return `/${slug || id}`;
}

/** The address of a project. */
export function pathOfProject(db: Db, project: Project): string {
  if (project.kind === 'inbox' && project.workspace_id === db.me) return '/inbox';
  return `${homeOf(db, project)}/${project.key}`;
}

/** The address of a task, by its id, which it keeps whatever its key. */
export function pathOfTask(db: Db, task: Pick<Task, 'id' | 'workspace_id'>): string {
  return `${homeOf(db, task)}/${task.id}`;
}

/** The address of a saved view: a tab of its project, or a page of its workspace. */
export function pathOfView(db: Db, view: Pick<SavedView, 'id' | 'workspace_id' | 'project_id'>): string {
  const project = view.project_id ? db.project(view.project_id) : undefined;
  if (project) return `${pathOfProject(db, project)}?view=${view.id}`;
  return `${homeOf(db, view)}/views/${view.id}`;
}

/** The address of the workspace that something is in. */
export function homeOf(db: Db, { workspace_id: id }: { readonly workspace_id: string }): string {
  return pathOfWorkspace(db.workspace(id) ?? { id });
}
