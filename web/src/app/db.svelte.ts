/** One person's data: reactive, typed reads of the sync store, and the way to write. */
import { SvelteSet } from 'svelte/reactivity';
import { byCreation, byName, byPosition } from '../domain/order.ts';
import type {
  Attachment,
  ChecklistItem,
  Comment,
  Invitation,
  Label,
  Member,
  Mute,
  Notification,
  Person,
  PersonalExport,
  Profile,
  Project,
  ProjectMember,
  Relation,
  Reminder,
  Status,
  Task,
  Workspace,
} from '../domain/types.ts';
import type { SavedView } from '../domain/view/types.ts';
import type { Api } from '../api/client.ts';
import { Engine, type EngineOptions, type SyncStatus } from '../sync/engine.ts';
import type { Change, Indexes } from '../sync/store.ts';
import type { Effect, NewWrite } from '../sync/types.ts';
import { uuid7 } from '../sync/uuid.ts';
import { History } from './history.ts';
import { Topics } from './topics.svelte.ts';

const of = (field: string) => (row: Record<string, unknown>) => (typeof row[field] === 'string' ? [row[field]] : []);
const each = (field: string) => (row: Record<string, unknown>) => (row[field] as readonly string[] | undefined) ?? [];

const placeOf = (row: Record<string, unknown>) => [`${String(row['project_id'])}/${String(row['number'])}`];

const INDEXES: Indexes = {
  task: { project: of('project_id'), parent: of('parent_id'), assignee: each('assignee_ids'), place: placeOf },
  project: { workspace: of('workspace_id') },
  status: { project: of('project_id') },
  label: { workspace: of('workspace_id') },
  member: { workspace: of('workspace_id') },
  invitation: { workspace: of('workspace_id') },
  comment: { task: of('task_id') },
  checklist_item: { task: of('task_id') },
  view: { workspace: of('workspace_id') },
  attachment: { task: of('task_id') },
  reminder: { task: of('task_id') },
  relation: { task: (row) => [String(row['task_id']), String(row['other_task_id'])] },
  project_member: { project: of('project_id') },
};

/** How long somebody else's edit is tinted. */
const TINT_MILLISECONDS = 1000;

export interface WriteRequest {
  readonly method: NewWrite['method'];
  readonly path: string;
  readonly body?: Readonly<Record<string, unknown>>;
  readonly effects: readonly Effect[];
  /** Told what the server answered, if it does so while this page is open. */
  readonly answered?: (answer: unknown) => void;
}

export class Db {
  status = $state.raw<SyncStatus>({ state: 'saving', waiting: 0, refused: 0, ready: false });
  /** `kind/id` of what somebody else has just changed. */
  readonly tinted = new SvelteSet<string>();
  readonly engine: Engine;
  /** What was done in this visit. */
  readonly history: History;
  /** Told of a task whose text met another edit of the same lines, where nobody waits for the answer any more. */
  onConflict: (taskId: string) => void = () => undefined;
  private readonly topics = new Topics();
  private readonly awaited = new Map<string, (answer: unknown) => void>();

  constructor(
    readonly me: string,
    readonly api: Api,
    options: Omit<EngineOptions, 'indexes' | 'onStatus' | 'onAnswer' | 'onRefused'>,
  ) {
    this.engine = new Engine({
      ...options,
      indexes: INDEXES,
      onStatus: (status) => (this.status = status),
      onAnswer: (key, answer) => {
        const told = this.awaited.get(key);
        this.awaited.delete(key);
        if (told) told(answer);
        else if (isConflict(answer)) this.onConflict(answer.id);
      },
      onRefused: (write) => this.history.refused(write),
    });
    this.history = new History(this.engine);
    this.engine.store.subscribe((change) => this.changed(change));
  }

  task = (id: string): Task | undefined => this.get<Task>('task', id);
  taskByNumber = (projectId: string, number: number): Task | undefined =>
    this.where<Task>('task', 'place', `${projectId}/${number}`)[0];
  tasks = (): readonly Task[] => this.all<Task>('task');
  tasksOf = (projectId: string): readonly Task[] => this.where<Task>('task', 'project', projectId);
  tasksFor = (userId: string): readonly Task[] => this.where<Task>('task', 'assignee', userId);
  subtasks = (taskId: string): readonly Task[] =>
    byPosition(this.where<Task>('task', 'parent', taskId).filter((task) => !task.trashed_at));
  project = (id: string): Project | undefined => this.get<Project>('project', id);
  projects = (workspaceId: string): readonly Project[] =>
    byPosition(this.where<Project>('project', 'workspace', workspaceId).filter((project) => !project.trashed_at));
  /** Those that the server gave a new project take the place of the ones that were shown until then. */
  statuses = (projectId: string): readonly Status[] => {
    const all = this.where<Status>('status', 'project', projectId);
    const given = all.filter((status) => status.synced);
    return byPosition(given.length > 0 ? given : all);
  };
  label = (id: string): Label | undefined => this.get<Label>('label', id);
  labels = (workspaceId: string): readonly Label[] => byName(this.where<Label>('label', 'workspace', workspaceId));
  view = (id: string): SavedView | undefined => this.get<SavedView>('view', id);
  views = (workspaceId: string): readonly SavedView[] =>
    byPosition(this.where<SavedView>('view', 'workspace', workspaceId));
  workspace = (id: string): Workspace | undefined => this.get<Workspace>('workspace', id);
  workspaces = (): readonly Workspace[] => byName(this.all<Workspace>('workspace'));
  members = (workspaceId: string): readonly Member[] => this.where<Member>('member', 'workspace', workspaceId);
  member = (workspaceId: string, userId: string): Member | undefined =>
    this.get<Member>('member', `${workspaceId}.${userId}`);
  invitations = (workspaceId: string): readonly Invitation[] =>
    this.where<Invitation>('invitation', 'workspace', workspaceId);
  person = (userId: string): Person | undefined => this.get<Person>('person', userId);
  comments = (taskId: string): readonly Comment[] => this.where<Comment>('comment', 'task', taskId);
  checklist = (taskId: string): readonly ChecklistItem[] =>
    byPosition(this.where<ChecklistItem>('checklist_item', 'task', taskId));
  /** The oldest first. */
  attachments = (taskId: string): readonly Attachment[] =>
    byCreation(this.where<Attachment>('attachment', 'task', taskId)).reverse();
  reminders = (taskId: string): readonly Reminder[] => this.where<Reminder>('reminder', 'task', taskId);
  /** Those within a project; the others are asked for. */
  relations = (taskId: string): readonly Relation[] => this.where<Relation>('relation', 'task', taskId);
  /** The people whom a project is shared with by name. */
  listedIn = (projectId: string): readonly ProjectMember[] =>
    this.where<ProjectMember>('project_member', 'project', projectId);
  notifications = (): readonly Notification[] => this.all<Notification>('notification');
  profile = (): Profile | undefined => this.get<Profile>('profile', this.me);
  /** The newest first. */
  personalExports = (): readonly PersonalExport[] => byCreation(this.all<PersonalExport>('export'));
  mutes = (): readonly Mute[] => this.all<Mute>('mute');

  write({ method, path, body, effects, answered }: WriteRequest): Promise<void> {
    const key = uuid7();
    if (answered) this.awaited.set(key, answered);
    return this.history.write({ key, method, path, body: body ?? null, effects, at: Date.now() });
  }

  private get<T>(kind: string, key: string): T | undefined {
    this.topics.read(`${kind}/${key}`);
    return this.engine.store.get(kind, key) as T | undefined;
  }

  private all<T>(kind: string): readonly T[] {
    this.topics.read(kind);
    return this.engine.store.all(kind) as unknown as readonly T[];
  }

  private where<T>(kind: string, index: string, value: string): readonly T[] {
    this.topics.read(`${kind}:${index}=${value}`);
    return this.engine.store.where(kind, index, value) as unknown as readonly T[];
  }

  private changed(change: Change): void {
    this.topics.changed(change.topics);
    const others = [...change.actors].filter(([, actor]) => actor !== this.me).map(([name]) => name);
    if (others.length === 0) return;
    for (const name of others) this.tinted.add(name);
    setTimeout(() => {
      for (const name of others) this.tinted.delete(name);
    }, TINT_MILLISECONDS);
  }
}

function isConflict(answer: unknown): answer is { id: string } {
  const { id, merge } = (answer ?? {}) as { id?: unknown; merge?: unknown };
  return merge === 'conflict' && typeof id === 'string';
}
