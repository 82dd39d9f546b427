/** What is open in the shell: menus, palette, quick add, help, the task beside the view, and what is selected. */
import { getContext, setContext } from 'svelte';
import { keyOfTask } from '../actions/tasks.ts';
import type { Task } from '../domain/types.ts';
import type { App } from './app.svelte.ts';
import type { Db } from './db.svelte.ts';
import { Edits } from './edits.ts';
import { homeOf } from './find.ts';
import { Hands } from './hands.ts';
import { Selection } from './selection.svelte.ts';
import { Drafts } from './drafts.ts';
import { Uploads } from './uploads.svelte.ts';

export type MenuKind =
  'status' | 'priority' | 'assignee' | 'due' | 'label' | 'move' | 'more' | 'start' | 'repeat' | 'remind' | 'parent';

export interface QuickAddDefaults {
  readonly projectId?: string;
  readonly status?: string;
  readonly due?: string;
  readonly assignMe?: boolean;
}

/** The tasks that a view shows. */
export interface Listing {
  /** From the first to the last, also those that are kept under the hand. */
  ids(): readonly string[];
  /** Whether the task belongs to the view, as it is now. */
  has(id: string): boolean;
}

/** A menu about one or several tasks. */
export interface OpenMenu {
  readonly kind: MenuKind;
  readonly taskIds: readonly string[];
  readonly anchor: HTMLElement;
}

const CONTEXT = Symbol('workbench');

export class Workbench {
  menu = $state.raw<OpenMenu | null>(null);
  /** The palette, and which tasks it is about. */
  palette = $state.raw<readonly string[] | null>(null);
  /** A task is being added, with these defaults or those of the view. */
  adding = $state.raw<QuickAddDefaults | 'as the view' | null>(null);
  help = $state(false);
  /** Told to those who do not see what moved. */
  announcement = $state('');
  readonly selection = new Selection();
  readonly hands: Hands;
  /** Of the view that is shown; null where it shows no tasks. */
  listing: Listing | null = null;
  /** The task that a page of its own is about. */
  pageId: string | null = null;
  /** What new tasks get in the view that is shown; nothing where none says so. */
  defaults = $state.raw<QuickAddDefaults>({});
  /** Files on their way. */
  readonly uploads: Uploads;
  readonly drafts: Drafts;

  readonly edits: Edits;
  /** Worked out once for all tasks that are shown: the address up to the task's id. */
  private readonly besideView = $derived.by(() => {
    const query = new URLSearchParams(this.app.router.query);
    query.delete('task');
    const others = query.size > 0 ? `${query}&` : '';
    return this.app.router.href(`${this.app.router.path}?${others}task=`);
  });

  constructor(
    private readonly app: App,
    private readonly db: Db,
  ) {
    this.edits = new Edits(app, db, this);
    this.hands = new Hands(app, db, this);
    this.uploads = new Uploads(db);
    this.drafts = new Drafts(db.me);
  }

  static provide(app: App, db: Db): Workbench {
    return setContext(CONTEXT, new Workbench(app, db));
  }

  say(text: string): void {
    this.announcement = text;
  }

  /** For a view that shows tasks, until the returned function is called. */
  lists(listing: Listing): () => void {
    this.listing = listing;
    return () => {
      if (this.listing === listing) this.listing = null;
    };
  }

  /** For the page of a task, until the returned function is called. */
  isAbout(id: string): () => void {
    this.pageId = id;
    return () => {
      if (this.pageId === id) this.pageId = null;
    };
  }

  /** For a view whose new tasks get something, until the returned function is called. */
  gives(defaults: QuickAddDefaults): () => void {
    this.defaults = defaults;
    return () => {
      if (this.defaults === defaults) this.defaults = {};
    };
  }

  openMenu(kind: MenuKind, tasks: Task | readonly Task[], anchor: HTMLElement): void {
    const taskIds = 'id' in tasks ? [tasks.id] : tasks.map(({ id }) => id);
    if (taskIds.length > 0) this.menu = { kind, taskIds, anchor };
  }

  quickAdd(defaults: QuickAddDefaults | 'as the view' = 'as the view'): void {
    this.adding = defaults;
  }

  /** What the task that is being added gets; a view that is still to come says so later. */
  get addingTo(): QuickAddDefaults {
    return this.adding && this.adding !== 'as the view' ? this.adding : this.defaults;
  }

  /** How addresses name a task: by key once it has one. */
  reference(task: Task): string {
    return keyOfTask(this.db, task) ?? task.id;
  }

  /** The address of the view as it is, with the task beside it. */
  taskHref(task: Task): string {
    return this.besideView + task.id;
  }

  /** The address of the task's own page. */
  pageOf(task: Task): string {
    return `${homeOf(this.db, task)}/${this.reference(task)}`;
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
