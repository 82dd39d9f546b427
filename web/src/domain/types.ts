/** The objects of the log as views read them (docs/architecture.md, kinds of a workspace stream). */
import type { Row } from '../sync/store.ts';

export type Category = 'backlog' | 'todo' | 'in_progress' | 'completed' | 'canceled';
export type Priority = 'none' | 'low' | 'medium' | 'high' | 'urgent';
export type Role = 'owner' | 'admin' | 'member' | 'guest';

export type Level = 'view' | 'comment' | 'edit';

export type Workspace = Row<{ name: string; slug: string; kind: 'personal' | 'team' }>;
/** `id` is the person's. */
export type Member = Row<{ workspace_id: string; role: Role }>;
/** Told to administrators of the workspace only. */
export type Invitation = Row<{
  workspace_id: string;
  email: string;
  role: Role;
  created_at: string;
  accepted_at: string | null;
  revoked_at: string | null;
}>;
/** What others may know of a person; fetched, not part of any stream. */
export type Person = Row<{ name: string; avatar_url: string | null }>;
export type Project = Row<{
  workspace_id: string;
  name: string;
  key: string;
  description: string;
  color: string;
  icon: string;
  kind: 'inbox' | 'project';
  access: 'open' | 'private';
  position: string;
  archived_at: string | null;
  trashed_at?: string | null;
}>;
export type Status = Row<{ project_id: string; key: string; name: string; category: Category; position: string }>;
export type Label = Row<{ workspace_id: string; name: string; color: string }>;
export type Task = Row<{
  workspace_id: string;
  project_id: string;
  /** Given by the server; with the project's key it makes the key that people see. */
  number?: number;
  parent_id: string | null;
  title: string;
  /** Left out of snapshots. */
  description?: string;
  status: string;
  status_category: Category;
  priority: Priority;
  start_date: string | null;
  due_date: string | null;
  due_time: string | null;
  due_zone: string | null;
  assignee_ids: readonly string[];
  label_ids: readonly string[];
  estimate_minutes: number | null;
  position: string;
  recurrence: Readonly<Record<string, unknown>> | null;
  completed_at: string | null;
  trashed_at: string | null;
  created_by: string;
  created_at: string;
  updated_at: string;
}>;
export type ChecklistItem = Row<{ task_id: string; text: string; is_done: boolean; position: string }>;
export type Comment = Row<{
  task_id: string;
  created_by: string;
  body: string;
  created_at: string;
  edited_at: string | null;
}>;
export type Notification = Row<{
  kind: string;
  task_id: string | null;
  workspace_id: string;
  actor_id: string | null;
  comment_id: string | null;
  /** Of the task, or of the workspace where it is about several. */
  title: string;
  /** How many things it stands for. */
  count: number;
  created_at: string;
  updated_at: string;
  read_at: string | null;
}>;
export type Profile = Row<{
  name: string;
  language: 'en' | 'de';
  time_zone: string;
  theme: 'system' | 'light' | 'dark';
  /** 0 Sunday to 6 Saturday. */
  week_start: number;
}>;
