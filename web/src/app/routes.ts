/** Which page an address shows. Pure, so that it is tested without a browser. */

export type SettingsPage = 'profile' | 'appearance' | 'security' | 'sessions' | 'tokens';

export type Route =
  | { readonly page: 'sign-in' | 'register' | 'reset' | 'today' | 'inbox' | 'my-tasks' | 'notifications' }
  | { readonly page: 'search' | 'trash' | 'attention' | 'new-workspace' | 'projects' | 'not-found' }
  | { readonly page: 'new-password' | 'invitation' | 'confirm-address'; readonly token: string }
  | { readonly page: 'settings'; readonly section: SettingsPage }
  | { readonly page: 'members' | 'new-project' | 'workspace'; readonly workspace: string }
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
  'trash',
  'attention',
  'new-workspace',
  'projects',
]);
const SETTINGS: ReadonlySet<string> = new Set(['profile', 'appearance', 'security', 'sessions', 'tokens']);
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
  if (first === 'settings') {
    const section = SETTINGS.has(second ?? '') ? (second as SettingsPage) : 'profile';
    return { page: 'settings', section };
  }
  if (parts.length > 2 || third) return { page: 'not-found' };
  return inWorkspace(first, second);
}

function inWorkspace(workspace: string, second: string | undefined): Route {
  if (second === undefined) return { page: 'workspace', workspace };
  if (second === 'members') return { page: 'members', workspace };
  if (second === 'new-project') return { page: 'new-project', workspace };
  if (TASK_KEY.test(second) || UUID.test(second)) return { page: 'task', workspace, task: second };
  return { page: 'project', workspace, project: second };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
