/** Names that Headway itself gives, in the reader's language; a name that people chose stays as it is. */
import type { Project, Status, Workspace } from '../domain/types.ts';
import { en } from '../i18n/en.ts';
import type { App } from './app.svelte.ts';

const GIVEN: ReadonlySet<string> = new Set(['backlog', 'todo', 'in_progress', 'completed', 'canceled']);

export function statusName(app: App, status: Status): string {
  if (!GIVEN.has(status.key)) return status.name;
  const key = `status.${status.key as Status['category']}` as const;
  return status.name === en[key] || status.name.toLowerCase() === status.key ? app.t(key) : status.name;
}

export function projectName(app: App, project: Project): string {
  return project.kind === 'inbox' ? app.t('nav.inbox') : project.name;
}

export function workspaceName(app: App, workspace: Workspace): string {
  return workspace.kind === 'personal' ? app.t('workspace.personal') : workspace.name;
}
