/** Names that Headway itself gives, in the reader's language; a name that people chose stays as it is. */
import type { Project, Status, Workspace } from '../domain/types.ts';
import type { App } from './app.svelte.ts';

/** The statuses of a new project, as the server names them. */
const GIVEN: Readonly<Record<Status['category'], string>> = {
  backlog: 'Backlog',
  todo: 'To do',
  in_progress: 'In progress',
  completed: 'Done',
  canceled: 'Canceled',
};

export function statusName(app: App, status: Status): string {
  if (!(status.key in GIVEN)) return status.name;
  const key = status.key as Status['category'];
  return status.name === GIVEN[key] || status.name.toLowerCase() === key ? app.t(`status.${key}`) : status.name;
}

export function projectName(app: App, project: Project): string {
  return project.kind === 'inbox' ? app.t('nav.inbox') : project.name;
}

export function workspaceName(app: App, workspace: Workspace): string {
  return workspace.kind === 'personal' ? app.t('workspace.personal') : workspace.name;
}
