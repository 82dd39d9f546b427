/**
 * One view over many tasks: filters from the address, settings of one's own over those of the view, and what follows:
 * the tasks in order and in groups. Each step is kept until something that it reads changes.
 */
import { today } from '../domain/dates.ts';
import { closedRecently } from '../domain/lists.ts';
import type { Status, Task } from '../domain/types.ts';
import { isFiltered, isNarrowed, matching, sameFilters, type Reader } from '../domain/view/filters.ts';
import { ALL, Arranged } from '../domain/view/arranged.ts';
import { framesOf, keysOf, type Known } from '../domain/view/grouping.ts';
import { readFilters, withoutFilters, writeFilters } from '../domain/view/query.ts';
import { comparing } from '../domain/view/sorting.ts';
import { NO_FILTERS, sameSettings, type Filters, type Settings, type Shape } from '../domain/view/types.ts';
import type { App } from './app.svelte.ts';
import type { Db } from './db.svelte.ts';
import { keyOfSettings } from './viewsettings.ts';
import { Older } from './older.svelte.ts';

export interface Scope {
  /** What one's own settings are kept under. */
  readonly id: string;
  /** What the view is without changes of one's own. */
  readonly shape: Shape;
  /** Read apart from the rest, which therefore stays while tasks change. */
  readonly tasks: () => readonly Task[];
  /** The workspace whose people and labels can be chosen; all when null. */
  readonly workspaceId: string | null;
  readonly projectId: string | null;
  /** What a saved view is filtered by besides, to show the same tasks. */
  readonly savedWith?: Partial<Filters>;
  /** Whether long-closed tasks are shown without being asked for. */
  readonly withOld?: boolean;
}

export class ViewModel {
  readonly older: Older;
  private own = $state.raw<Partial<Settings>>({});
  private readonly scope: Scope = $derived.by(() => this.scopeOf());
  readonly reader: Reader = $derived(this.readerNow());
  readonly filters: Filters = $derived.by(() => readFilters(this.app.router.query) ?? this.scope.shape.filters);
  readonly settings: Settings = $derived({ ...this.scope.shape, ...this.own });
  readonly statuses: readonly Status[] = $derived.by(() =>
    this.scope.projectId ? this.db.statuses(this.scope.projectId) : [],
  );
  readonly known: Known = $derived(this.whatIsKnown());
  private readonly today = $derived(this.reader.today);
  private readonly byStatus = $derived(this.statuses.length > 0);
  private readonly arranged = $derived(
    new Arranged<Task>({
      admits: this.admitting(),
      compare: comparing(this.settings.sorting),
      keysOf: keysOf(this.settings.grouping, this.today, this.byStatus),
    }),
  );
  private readonly groups = $derived(this.arranged.of(this.scope.tasks()));
  /** What is shown, in order. Long-closed tasks are left out until somebody asks for them. */
  readonly tasks: readonly Task[] = $derived(this.groups.get(ALL) ?? []);
  readonly frames = $derived(framesOf(this.groups, this.settings.grouping, this.known));
  readonly isFiltered = $derived(isNarrowed(this.filters));
  /** Whether the view is shown otherwise than it is saved. */
  readonly isChanged = $derived(
    !sameFilters(this.filters, this.scope.shape.filters) || !sameSettings(this.settings, this.scope.shape),
  );

  constructor(
    private readonly app: App,
    readonly db: Db,
    private readonly scopeOf: () => Scope,
  ) {
    this.older = new Older(app, db);
    this.own = this.stored();
  }

  get id(): string {
    return this.scope.id;
  }

  get projectId(): string | null {
    return this.scope.projectId;
  }

  get workspaceId(): string | null {
    return this.scope.workspaceId;
  }

  /** What would be saved. */
  get shape(): Shape {
    return { ...this.settings, filters: { ...this.filters, ...this.scope.savedWith } };
  }

  filter(changes: Partial<Filters>): void {
    const bare = !isFiltered(this.scope.shape.filters);
    this.app.router.setQuery(writeFilters({ ...this.filters, ...changes }, bare), { replace: true });
  }

  /** Takes the filters away; whether closed tasks and subtasks are shown stays. */
  clear(): void {
    const { closed, with_subtasks } = this.filters;
    this.filter({ ...NO_FILTERS, closed, with_subtasks });
  }

  set(changes: Partial<Settings>): void {
    this.own = { ...this.own, ...changes };
    localStorage.setItem(this.key, JSON.stringify(this.own));
  }

  /** Back to the view as it is saved. */
  reset(): void {
    this.own = {};
    localStorage.removeItem(this.key);
    this.app.router.setQuery(withoutFilters(), { replace: true });
  }

  private get key(): string {
    return keyOfSettings(this.db.me, this.scope.id);
  }

  private stored(): Partial<Settings> {
    try {
      return JSON.parse(localStorage.getItem(this.key) ?? '{}') as Partial<Settings>;
    } catch {
      return {};
    }
  }

  private admitting(): (task: Task) => boolean {
    const matches = matching(this.filters, this.reader);
    if (this.scope.withOld) return matches;
    const older = new Set(this.older.shown);
    const now = Date.now();
    return (task) => (closedRecently(task, now) || older.has(task.status)) && matches(task);
  }

  private readerNow(): Reader {
    const profile = this.db.profile();
    return { me: this.db.me, today: today(profile?.time_zone), weekStart: profile?.week_start ?? 1 };
  }

  private whatIsKnown(): Known {
    const { workspaceId } = this.scope;
    const ids = workspaceId ? [workspaceId] : this.db.workspaces().map(({ id }) => id);
    const members = new Set(ids.flatMap((id) => this.db.members(id).map((member) => member.id)));
    return {
      reader: this.reader,
      statuses: this.statuses,
      people: [...members].flatMap((id) => this.db.person(id) ?? []).sort((a, b) => a.name.localeCompare(b.name)),
      labels: ids.flatMap((id) => this.db.labels(id)),
      projects: ids.flatMap((id) => this.db.projects(id)).filter((project) => !project.archived_at),
    };
  }
}
