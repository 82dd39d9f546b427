/** What is open in the shell: menus, quick add, help, the task beside the view. */
import { getContext, setContext } from 'svelte';
import { keyOfTask } from '../actions/tasks.ts';
import type { Task } from '../domain/types.ts';
import type { App } from './app.svelte.ts';
import type { Db } from './db.svelte.ts';

export type MenuKind = 'status' | 'priority' | 'assignee' | 'due' | 'label' | 'move' | 'more';

export interface QuickAddDefaults {
  readonly projectId?: string;
  readonly status?: string;
  readonly due?: string;
  readonly assignMe?: boolean;
}

const CONTEXT = Symbol('workbench');

export class Workbench {
  menu = $state.raw<{ kind: MenuKind; taskId: string; anchor: HTMLElement } | null>(null);
  adding = $state.raw<QuickAddDefaults | null>(null);
  help = $state(false);
  /** Told to those who do not see what moved. */
  announcement = $state('');
  /** What new tasks get in the view that is shown. */
  defaults: QuickAddDefaults = {};

  constructor(
    private readonly app: App,
    private readonly db: Db,
  ) {}

  static provide(app: App, db: Db): Workbench {
    return setContext(CONTEXT, new Workbench(app, db));
  }

  say(text: string): void {
    this.announcement = text;
  }

  openMenu(kind: MenuKind, task: Task, anchor: HTMLElement): void {
    this.menu = { kind, taskId: task.id, anchor };
  }

  quickAdd(defaults: QuickAddDefaults = this.defaults): void {
    this.adding = defaults;
  }

  /** How addresses name a task: by key once it has one. */
  reference(task: Task): string {
    return keyOfTask(this.db, task) ?? task.id;
  }

  /** The address of the view as it is, with the task beside it. */
  taskHref(task: Task): string {
    const query = new URLSearchParams(this.app.router.query);
    query.set('task', task.id);
    return this.app.router.href(`${this.app.router.path}?${query}`);
  }

  /** The address of the task's own page. */
  pageOf(task: Task): string {
    const workspace = this.db.workspace(task.workspace_id);
    return `/${workspace?.slug ?? task.workspace_id}/${this.reference(task)}`;
  }

  open(task: Task): void {
    this.app.router.setQuery({ task: task.id });
  }

  /** The task beside the view. */
  get openId(): string | null {
    return this.app.router.param('task');
  }

  close(): void {
    this.app.router.setQuery({ task: null });
  }
}

export function useWorkbench(): Workbench {
  return getContext<Workbench>(CONTEXT);
}
