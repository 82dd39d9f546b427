/** Which page an address shows. Pure, so that it is tested without a browser. */

export const SETTINGS_PAGES = [
  'profile',
  'appearance',
  'notifications',
  'security',
  'sessions',
  'tokens',
  'data',
] as const;
export const WORKSPACE_PAGES = ['general', 'members', 'labels', 'trash'] as const;
export const ADMIN_PAGES = ['people', 'registration', 'audit', 'system', 'jobs'] as const;

export type SettingsPage = (typeof SETTINGS_PAGES)[number];
export type WorkspacePage = (typeof WORKSPACE_PAGES)[number];
export type AdminPage = (typeof ADMIN_PAGES)[number];

export type Route =
  | { readonly page: 'sign-in' | 'register' | 'reset' | 'today' | 'inbox' | 'my-tasks' | 'notifications' }
  | {
      readonly page:
        | 'search'
        | 'trash'
        | 'upcoming'
        | 'tasks'
        | 'dashboard'
        | 'activity'
        | 'attention'
        | 'new-workspace'
        | 'projects'
        | 'not-found';
    }
  | { readonly page: 'new-password' | 'invitation' | 'confirm-address'; readonly token: string }
  /** No section: the list of them on a phone, else the first. */
  | { readonly page: 'settings'; readonly section: SettingsPage | null }
  | { readonly page: 'admin'; readonly section: AdminPage | null }
  | { readonly page: 'workspace-settings'; readonly workspace: string; readonly section: WorkspacePage | null }
  | { readonly page: 'new-project' | 'workspace'; readonly workspace: string }
  | { readonly page: 'tasks' | 'dashboard' | 'activity'; readonly workspace: string }
  | { readonly page: 'view'; readonly workspace: string; readonly view: string }
  | { readonly page: 'project'; readonly workspace: string; readonly project: string }
  | { readonly page: 'task'; readonly workspace: string; readonly task: string };

const SINGLE: ReadonlySet<string> = new Set([
  'sign-in',
  'register',
  'reset',
  'today',
  'inbox',
  'my-tasks',
  'notifications',
  'search',
  'upcoming',
  'tasks',
  'dashboard',
  'activity',
  'trash',
  'attention',
  'new-workspace',
  'projects',
]);
const TASK_KEY = /^[A-Z][A-Z0-9]*-\d+$/i;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** `fragment` is what stands behind #: tokens of links do, since a browser sends it to no server (and into no log). */
export function match(path: string, fragment = ''): Route {
  const parts = path.split('/').filter(Boolean).map(decode);
  const [first, second, third] = parts;
  if (first === undefined) return { page: 'today' };
  const token = second ?? fragment;
  if (first === 'reset' && token) return { page: 'new-password', token };
  if (first === 'confirm-address' && token) return { page: 'confirm-address', token };
  if (first === 'invitations' && token) return { page: 'invitation', token };
  if (parts.length === 1 && SINGLE.has(first)) return { page: first as 'today' };
  if (first === 'settings') return { page: 'settings', section: sectionOf(SETTINGS_PAGES, second) };
  if (first === 'admin') return { page: 'admin', section: sectionOf(ADMIN_PAGES, second) };
  if (second === 'settings' && parts.length <= 3) {
    return { page: 'workspace-settings', workspace: first, section: sectionOf(WORKSPACE_PAGES, third) };
  }
  if (second === 'views' && third && parts.length === 3) return { page: 'view', workspace: first, view: third };
  if (parts.length > 2 || third) return { page: 'not-found' };
  return inWorkspace(first, second);
}

function inWorkspace(workspace: string, second: string | undefined): Route {
  if (second === undefined) return { page: 'workspace', workspace };
  if (second === 'members') return { page: 'workspace-settings', workspace, section: 'members' };
  if (second === 'tasks' || second === 'dashboard' || second === 'activity') return { page: second, workspace };
  if (second === 'new-project') return { page: 'new-project', workspace };
  if (TASK_KEY.test(second) || UUID.test(second)) return { page: 'task', workspace, task: second };
  return { page: 'project', workspace, project: second };
}

function sectionOf<T extends string>(sections: readonly T[], name: string | undefined): T | null {
  return sections.find((one) => one === name) ?? null;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
