/** Which tasks the first screen shows, so that it need not wait for all others. */
import type { Project } from '../domain/types.ts';
import type { Store } from '../sync/store.ts';
import type { Route } from './routes.ts';

/** Scopes of the project that is looked at; elsewhere those of the person's own, which the lists across workspaces take from. */
export function firstScopes(store: Store, me: string, route: Route): string[] {
  const projects = store.all('project') as unknown as readonly Project[];
  const key = keyOf(route);
  const named = projects.filter((project) => project.key === key || project.id === key);
  const first = named.length > 0 ? named : projects.filter((project) => project.workspace_id === me);
  return first.map(({ id }) => `project:${id}`);
}

function keyOf(route: Route): string | undefined {
  if (route.page === 'project') return route.project.toUpperCase();
  if (route.page === 'task') return route.task.toUpperCase().replace(/-\d+$/, '');
  return undefined;
}
