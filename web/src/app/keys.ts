/** The single keys of the shell. They rest while somebody types, and can be switched off. */
import { tick } from 'svelte';
import { moveTask, toggleDone } from '../actions/tasks.ts';
import type { App } from './app.svelte.ts';
import type { Db } from './db.svelte.ts';
import { redoLast, undoLast } from '../actions/undo.ts';
import { neighbours, shifted } from '../domain/place.ts';
import { statusName } from './names.ts';
import type { MenuKind, Workbench } from './workbench.svelte.ts';

const MENUS: Readonly<Record<string, MenuKind>> = {
  s: 'status',
  p: 'priority',
  a: 'assignee',
  d: 'due',
  l: 'label',
  m: 'move',
};
const PLACES: Readonly<Record<string, string>> = {
  t: '/today',
  i: '/inbox',
  m: '/my-tasks',
  n: '/notifications',
};
/** With Alt: columns across, places down. */
const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
};
/** Milliseconds in which the second key has to follow G. */
const CHORD = 1500;

export class Keys {
  private chordUntil = 0;

  constructor(
    private readonly app: App,
    private readonly db: Db,
    private readonly bench: Workbench,
  ) {}

  readonly handle = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return;
    const typing = isTyping(event.target);
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'z' && !typing) {
      event.preventDefault();
      void (event.shiftKey ? redoLast : undoLast)(this.app, this.db);
      return;
    }
    if (event.altKey && !typing && ARROWS[event.key]) {
      if (this.shift(ARROWS[event.key] ?? [0, 0])) event.preventDefault();
      return;
    }
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape') return this.escape();
    if (!this.app.singleKeys) return;
    if (this.single(event.key)) event.preventDefault();
  };

  private single(key: string): boolean {
    const now = Date.now();
    if (now < this.chordUntil) {
      this.chordUntil = 0;
      const place = PLACES[key];
      if (place) this.app.router.go(place);
      return place !== undefined;
    }
    if (key === 'g') this.chordUntil = now + CHORD;
    else if (key === 'q') this.bench.quickAdd();
    else if (key === '/') this.app.router.go('/search');
    else if (key === '?') this.bench.help = true;
    else if (key === 'j' || key === 'k') moveFocus(key === 'j' ? 1 : -1);
    else return this.onTask(key);
    return true;
  }

  private onTask(key: string): boolean {
    const element = currentElement();
    const id = element?.dataset['task'] ?? this.bench.openId;
    const task = id ? this.db.task(id) : undefined;
    if (!task) return false;
    const menu = MENUS[key];
    if (key === 'e') void toggleDone(this.db, task).then(() => keepFocus(task.id));
    else if (menu) {
      const anchor = element ?? document.querySelector<HTMLElement>(`[data-field="${menu}"]`);
      if (anchor) this.bench.openMenu(menu, task, anchor.querySelector<HTMLElement>('a') ?? anchor);
    } else return false;
    return true;
  }

  /** Moves the focused card: up and down in its column, or to the column beside it. The focus goes with it. */
  private shift([across, down]: readonly [number, number]): boolean {
    const id = currentElement()?.dataset['task'];
    const task = id ? this.db.task(id) : undefined;
    if (!task || task.parent_id) return false;
    const statuses = this.db.statuses(task.project_id);
    const status = statuses[statuses.findIndex(({ key }) => key === task.status) + across];
    const tasks = this.db.tasksOf(task.project_id);
    const place =
      down === 0 ? neighbours(tasks, task, status?.key ?? '', null, 'after') : shifted(tasks, task, down as 1);
    if (!status || !place) return true;
    void moveTask(this.db, task, { ...place, status }).then(() => keepFocus(task.id));
    this.bench.say(this.app.t('board.moved', { title: task.title, status: statusName(this.app, status) }));
    return true;
  }

  private escape(): void {
    if (this.bench.menu) this.bench.menu = null;
    else if (this.bench.adding) this.bench.adding = null;
    else if (this.bench.help) this.bench.help = false;
    else if (this.bench.openId) {
      const id = this.bench.openId;
      this.bench.close();
      focusTask(id);
    }
  }
}

export function focusTask(id: string): void {
  document.querySelector<HTMLElement>(`main [data-task="${CSS.escape(id)}"] a`)?.focus();
}

/** A card that went to another column is another element there: the focus follows it. */
async function keepFocus(id: string): Promise<void> {
  await tick();
  if (document.activeElement === document.body) focusTask(id);
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));
}

function currentElement(): HTMLElement | null {
  return document.activeElement?.closest<HTMLElement>('[data-task]') ?? null;
}

function moveFocus(step: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>('main [data-task]')];
  const at = rows.indexOf(currentElement() as HTMLElement);
  const next = rows[at === -1 ? (step === 1 ? 0 : rows.length - 1) : at + step];
  next?.querySelector<HTMLElement>('a')?.focus();
}
