/** The single keys of the shell. They rest while somebody types, and can be switched off. */
import { toggleDone } from '../actions/tasks.ts';
import type { App } from './app.svelte.ts';
import type { Db } from './db.svelte.ts';
import { undoLast } from '../actions/undo.ts';
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
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'z' && !event.shiftKey && !typing) {
      event.preventDefault();
      void undoLast(this.app, this.db);
      return;
    }
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape') return this.escape();
    if (localStorage.getItem('headway.single-keys') === 'off') return;
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
    if (key === 'e') toggleDone(this.db, task);
    else if (menu) {
      const anchor = element ?? document.querySelector<HTMLElement>(`[data-field="${menu}"]`);
      if (anchor) this.bench.openMenu(menu, task, anchor.querySelector<HTMLElement>('a') ?? anchor);
    } else return false;
    return true;
  }

  private escape(): void {
    if (this.bench.help) this.bench.help = false;
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
