/** A workspace as its reader sees it, out of the API: for a copy that other programs can read. */
import type { Api } from '../api/client.ts';

interface Page {
  readonly items: readonly { readonly id: string }[];
  readonly next_cursor: string | null;
}

export interface ExportedWorkspace {
  readonly workspace: unknown;
  readonly members: readonly unknown[];
  readonly labels: readonly unknown[];
  /** With their statuses. */
  readonly projects: readonly unknown[];
  /** With their descriptions. */
  readonly tasks: readonly unknown[];
}

/** `onprogress` hears how many tasks have come. */
export async function exportWorkspace(
  api: Api,
  workspaceId: string,
  onprogress: (tasks: number) => void,
): Promise<ExportedWorkspace> {
  const query = { workspace_id: workspaceId };
  const path = `/workspaces/${workspaceId}`;
  const workspace = await api.get<unknown>(path);
  const { items: members } = await api.get<Page>(`${path}/members`);
  const { items: labels } = await api.get<Page>('/labels', query);
  const { items: bare } = await api.get<Page>('/projects', query);
  const projects = [];
  for (const project of bare) {
    const { items: statuses } = await api.get<Page>(`/projects/${project.id}/statuses`);
    projects.push({ ...project, statuses });
  }
  const tasks: unknown[] = [];
  let cursor: string | null = null;
  do {
    const page: Page = await api.get<Page>('/tasks', { ...query, include: 'description', limit: 200, cursor });
    tasks.push(...page.items);
    onprogress(tasks.length);
    cursor = page.next_cursor;
  } while (cursor);
  return { workspace, members, labels, projects, tasks };
}
