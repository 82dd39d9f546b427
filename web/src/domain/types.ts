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
  expires_at: string;
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
  /** Whoever hears of what happens to it; left out while the server has not seen the task. */
  watcher_ids?: readonly string[];
  estimate_minutes: number | null;
  position: string;
  recurrence: Recurrence | null;
  completed_at: string | null;
  trashed_at: string | null;
  created_by: string;
  created_at: string;
  updated_at: string;
}>;
/** By a rule (RFC 5545) whose days are counted in a zone, or so many days after it was completed. */
export type Recurrence = { readonly rule: string; readonly zone: string } | { readonly after_completion_days: number };
export type Attachment = Row<{
  task_id: string;
  name: string;
  media_type: string;
  /** In bytes. */
  size: number;
  has_thumbnail?: boolean;
  created_by: string;
  created_at: string;
}>;
/** One's own: at a moment, or minutes before the task is due. */
export type Reminder = Row<{
  task_id: string;
  at: string | null;
  minutes_before: number | null;
  fires_at: string | null;
}>;
/** `task_id` blocks, relates to or duplicates `other_task_id`. */
export type Relation = Row<{
  kind: 'blocks' | 'relates' | 'duplicates';
  task_id: string;
  other_task_id: string;
}>;
export type ProjectMember = Row<{ project_id: string; user_id: string; level: Level }>;
export type ChecklistItem = Row<{ task_id: string; text: string; is_done: boolean; position: string }>;
export type Comment = Row<{
  task_id: string;
  created_by: string;
  body: string;
  created_at: string;
  edited_at: string | null;
  /** The people named in it who see the task. */
  mention_ids?: readonly string[];
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
  /** 1 Monday to 7 Sunday. */
  week_start: number;
  /** Names the picture; another one has another id. */
  avatar: string | null;
  preferences: Readonly<Record<string, unknown>>;
}>;
/** All that is kept of oneself, as an archive. */
export type PersonalExport = Row<{
  state: 'waiting' | 'ready' | 'failed';
  /** Bytes, once it is ready. */
  size: number | null;
  created_at: string;
  expires_at: string;
}>;
/** Something of which one hears nothing. */
export type Mute = Row<{
  object_id: string;
  what: 'task' | 'project' | 'workspace';
  workspace_id: string;
  created_at: string;
}>;
