/** Which tasks the first screen shows, so that it need not wait for all others. */
import type { Project, Workspace } from '../domain/types.ts';
import type { Store } from '../sync/store.ts';
import type { Route } from './routes.ts';

/** Pages over all tasks: with a part of them, what is shown would move while the rest comes. */
const WHOLE: ReadonlySet<Route['page']> = new Set(['tasks', 'view', 'search', 'dashboard']);

/**
 * Scopes of the project that is looked at, or of all in the workspace; elsewhere those of the person's own, which the
 * lists across workspaces take from.
 */
export function firstScopes(store: Store, me: string, route: Route): string[] {
  const projects = store.all('project') as unknown as readonly Project[];
  if (WHOLE.has(route.page)) return scopesOf(projects.filter(within(store, route)));
  const key = keyOf(route);
  const named = projects.filter((project) => project.key === key || project.id === key);
  return scopesOf(named.length > 0 ? named : projects.filter((project) => project.workspace_id === me));
}

function scopesOf(projects: readonly Project[]): string[] {
  return projects.map(({ id }) => `project:${id}`);
}

function within(store: Store, route: Route): (project: Project) => boolean {
  const name = 'workspace' in route ? route.workspace : null;
  const workspaces = store.all('workspace') as unknown as readonly Workspace[];
  const workspace = workspaces.find(({ id, slug }) => id === name || slug === name);
  // Views over all workspaces are kept in the personal one.
  return (project) => !workspace || workspace.kind === 'personal' || project.workspace_id === workspace.id;
}

function keyOf(route: Route): string | undefined {
  if (route.page === 'project') return route.project.toUpperCase();
  if (route.page === 'task') return route.task.toUpperCase().replace(/-\d+$/, '');
  return undefined;
}
