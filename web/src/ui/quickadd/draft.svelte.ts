/** A task that is being written in one line: what was understood, what was taken back, and what comes from the view. */
import { createTask } from '../../actions/tasks.ts';
import { mayEditIn } from '../../actions/people.ts';
import { createLabel } from '../../actions/labels.ts';
import { createProject, suggestKey } from '../../actions/projects.ts';
import type { App } from '../../app/app.svelte.ts';
import type { Db } from '../../app/db.svelte.ts';
import type { QuickAddDefaults } from '../../app/workbench.svelte.ts';
import { today } from '../../domain/dates.ts';
import { HUES } from '../../domain/people.ts';
import {
  moveSpans,
  parseQuickAdd,
  type Context,
  type Parsed,
  type Span,
  type Token,
} from '../../domain/quickadd/index.ts';
import { chipsOf, type Chip } from '../../domain/quickadd/chips.ts';
import type { Sign } from '../../domain/suggesting.ts';
import type { Project } from '../../domain/types.ts';

const PRIORITIES = ['urgent', 'high', 'medium', 'low'] as const;

export class Draft {
  text = $state('');
  description = $state('');
  /** Parts of the text that stay text. */
  private plain = $state.raw<readonly Span[]>([]);
  private undated = $state(false);
  private readonly defaults = $derived.by(() => this.defaultsNow());
  private readonly open = $derived.by(() =>
    this.db
      .workspaces()
      .flatMap((workspace) => this.db.projects(workspace.id).filter((one) => mayEditIn(this.db, one.id))),
  );
  private readonly home = $derived.by(() => {
    const inbox = this.db.projects(this.db.me).find((one) => one.kind === 'inbox');
    return this.open.find((one) => one.id === this.defaults.projectId) ?? inbox ?? this.open[0];
  });
  private readonly first = $derived.by(() => parseQuickAdd(this.text, this.context(this.home)));
  readonly project = $derived(this.open.find((one) => one.id === this.first.project_id) ?? this.home);
  /** Names of people and labels belong to the workspace of the project. */
  readonly parsed: Parsed = $derived.by(() =>
    this.project === this.home ? this.first : parseQuickAdd(this.text, this.context(this.project)),
  );
  readonly tokens: readonly Token[] = $derived(
    this.parsed.tokens.filter(({ kind }) => kind !== 'literal' && kind !== 'unknown'),
  );
  readonly chips: readonly Chip[] = $derived(chipsOf(this.tokens));
  readonly due = $derived.by(() => this.parsed.due_date ?? (this.undated ? null : (this.defaults.due ?? null)));

  constructor(
    private readonly app: App,
    private readonly db: Db,
    private readonly defaultsNow: () => QuickAddDefaults,
  ) {}

  /** Takes what somebody typed; what was taken back moves along. */
  write(text: string): void {
    this.plain = moveSpans(this.plain, this.text, text);
    this.text = text;
  }

  takeBack(tokens: readonly Token[]): void {
    this.plain = [...this.plain, ...tokens.map(({ start, end }): Span => [start, end])];
  }

  /** False until it is known where the task goes: before the first snapshot no view says so. */
  get ready(): boolean {
    return this.parsed.title !== '' && this.project !== undefined && this.db.status.ready;
  }

  /** Without the day that the view gave. */
  takeBackDay(): void {
    this.undated = true;
  }

  names(sign: Sign): readonly { id: string; name: string }[] {
    const { projects, people, labels } = this.context(this.project);
    if (sign === '#') return projects;
    if (sign === '@') return people;
    if (sign === '+') return labels;
    return PRIORITIES.map((id) => ({ id, name: this.app.t(`priority.${id}`).toLowerCase() }));
  }

  /** Whether a name that nothing has yet can be given with this sign. */
  canCreate(sign: Sign): boolean {
    return (sign === '#' || sign === '+') && this.project !== undefined;
  }

  create(sign: Sign, name: string): void {
    const workspaceId = this.project?.workspace_id ?? this.db.me;
    if (sign === '+') createLabel(this.db, workspaceId, name);
    if (sign !== '#') return;
    const projects = this.db.projects(workspaceId);
    const key = suggestKey(
      name,
      projects.map((one) => one.key),
    );
    const color = HUES[projects.length % (HUES.length - 1)] ?? 'gray';
    createProject(this.db, workspaceId, { name, key, color, access: 'open' });
  }

  /** Makes the task and begins the next one. Its title, or null when there is none yet. */
  add(): string | null {
    const { project, parsed, defaults } = this;
    const { title, tokens: _tokens, project_id: _project, priority, assignee_ids: people, ...fields } = parsed;
    if (!this.ready || !project) return null;
    createTask(this.db, project, {
      ...fields,
      title,
      description: this.description.trim(),
      ...(defaults.status && project.id === defaults.projectId && { status: defaults.status }),
      ...(priority && { priority }),
      due_date: this.due,
      assignee_ids: people.length === 0 && defaults.assignMe && project.kind !== 'inbox' ? [this.db.me] : people,
    });
    this.text = this.description = '';
    this.plain = [];
    return title;
  }

  private context(within: Project | undefined): Context {
    const workspace = within?.workspace_id ?? this.db.me;
    const profile = this.db.profile();
    const zone = profile?.time_zone;
    const now = new Date();
    const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: zone });
    return {
      locale: this.app.i18n.locale,
      today: today(zone, now),
      time: time.format(now),
      zone: zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
      weekStart: profile?.week_start ?? 1,
      projects: this.open.map((one) => (one.kind === 'inbox' ? { ...one, name: this.app.t('nav.inbox') } : one)),
      people: this.db.members(workspace).map(({ id }) => ({ id, name: this.db.person(id)?.name ?? '' })),
      labels: this.db.labels(workspace),
      asText: this.plain,
    };
  }
}
