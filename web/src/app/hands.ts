/** What a command works with: the product, and the tasks that are meant. */
import { tick } from 'svelte';
import type { Task } from '../domain/types.ts';
import type { App } from './app.svelte.ts';
import type { Db } from './db.svelte.ts';
import type { MenuKind, Workbench } from './workbench.svelte.ts';

export class Hands {
  constructor(
    readonly app: App,
    readonly db: Db,
    readonly bench: Workbench,
    private readonly given: { ids: readonly string[]; anchor: HTMLElement } | null = null,
  ) {}

  /** The same, about these tasks; menus open beside `anchor`. */
  about(ids: readonly string[], anchor: HTMLElement): Hands {
    return new Hands(this.app, this.db, this.bench, { ids, anchor });
  }

  /** What is selected, else what has the focus, else what is open, else what the page is about. */
  tasks(): readonly Task[] {
    const { selection, openId, pageId } = this.bench;
    const focused = taskAt(document.activeElement)?.dataset['task'];
    const ids = this.given?.ids ?? (selection.size > 0 ? selection.ids : [focused ?? openId ?? pageId]);
    return ids.flatMap((id) => (id ? (this.db.task(id) ?? []) : [])).filter((task) => !task.trashed_at);
  }

  /** The one task that is meant; undefined when there are none or several. */
  task(): Task | undefined {
    const tasks = this.tasks();
    return tasks.length === 1 ? tasks[0] : undefined;
  }

  /** Opens a menu beside what it is about. */
  openMenu(kind: MenuKind): void {
    const tasks = this.tasks();
    const row = taskAt(document.activeElement) ?? elementOf(tasks[0]?.id ?? '');
    const anchor =
      this.given?.anchor ??
      row?.querySelector<HTMLElement>(`[data-field="${kind}"]`) ??
      row?.querySelector<HTMLElement>('a') ??
      document.querySelector<HTMLElement>(`[data-field="${kind}"]`) ??
      row;
    this.bench.openMenu(kind, tasks, anchor ?? document.body);
  }

  /** Moves the focus through the view. Gives the task that has it then. */
  moveFocus(step: 1 | -1): string | null {
    const rows = [...document.querySelectorAll<HTMLElement>('main [data-task]')];
    const at = rows.indexOf(taskAt(document.activeElement) as HTMLElement);
    const next = rows[at === -1 ? (step === 1 ? 0 : rows.length - 1) : at + step];
    next?.querySelector<HTMLElement>('a')?.focus();
    return next?.dataset['task'] ?? null;
  }

  focus(id: string): void {
    focusTask(id);
  }

  focused(): string | null {
    return taskAt(document.activeElement)?.dataset['task'] ?? null;
  }

  /** A card that went to another column is another element there: the focus follows it. */
  async keepFocus(id: string): Promise<void> {
    await tick();
    if (document.activeElement === document.body) focusTask(id);
  }
}

export function focusTask(id: string): void {
  elementOf(id)?.querySelector<HTMLElement>('a')?.focus();
}

/** The row or card of a task, where the view shows it. */
function elementOf(id: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`main [data-task="${CSS.escape(id)}"]`);
}

function taskAt(element: Element | null): HTMLElement | null {
  return element?.closest<HTMLElement>('[data-task]') ?? null;
}
