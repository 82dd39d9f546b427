/** Moving tasks without a mouse: picked up with Space, carried with the arrows, put down with Space, let go with Escape. */
import { mayEdit } from '../actions/people.ts';
import { columnOf, placeOf, type Place } from '../domain/place.ts';
import type { Task } from '../domain/types.ts';
import type { Hands } from './hands.ts';
import { statusName } from './names.ts';

interface Column {
  readonly status: string;
  readonly name: string;
  /** Without the tasks that are carried. */
  readonly ids: readonly string[];
}

const MARKS = ['drop-before', 'drop-after', 'over'] as const;

export class Lifting {
  private column: number;
  private index: number;

  private constructor(
    private readonly hands: Hands,
    private readonly tasks: readonly Task[],
    private readonly columns: readonly Column[],
    private readonly ended: () => void,
  ) {
    const [first] = tasks;
    this.column = columns.findIndex(({ status }) => status === first?.status);
    const all = columnOf(hands.db.tasksOf(first?.project_id ?? ''), first?.status ?? '').map(({ id }) => id);
    const above = all.slice(0, all.indexOf(first?.id ?? ''));
    this.index = above.filter((id) => this.columns[this.column]?.ids.includes(id)).length;
  }

  /** Null where there is no manual order: in lists that are sorted, or grouped otherwise. */
  static begin(hands: Hands, ended: () => void): Lifting | null {
    const { app, db, bench } = hands;
    const focused = document.activeElement;
    const tasks = hands
      .tasks()
      .filter((task, _, [first]) => task.project_id === first?.project_id && !task.parent_id && mayEdit(db, task));
    const [first] = tasks;
    if (!first || !focused?.matches('a') || !focused.closest('[data-place]')) return null;
    const all = db.tasksOf(first.project_id);
    const columns = db.statuses(first.project_id).map((status) => ({
      status: status.key,
      name: statusName(app, status),
      ids: columnOf(all, status.key).flatMap(({ id }) => (tasks.some((task) => task.id === id) ? [] : [id])),
    }));
    const lifting = new Lifting(hands, tasks, columns, ended);
    bench.say(app.n('lifting.begun', tasks.length, { title: first.title }));
    lifting.show();
    return lifting;
  }

  /** Whether the key meant something. */
  key(name: string): boolean {
    const across = document.dir === 'rtl' ? -1 : 1;
    if (name === 'ArrowDown') this.go(this.column, this.index + 1);
    else if (name === 'ArrowUp') this.go(this.column, this.index - 1);
    else if (name === 'ArrowRight') this.go(this.column + across, this.index);
    else if (name === 'ArrowLeft') this.go(this.column - across, this.index);
    else if (name === 'Home') this.go(this.column, 0);
    else if (name === 'End') this.go(this.column, Infinity);
    else if (name === 'Space' || name === 'Enter') void this.put();
    else if (name === 'Escape' || name === 'Tab') this.cancel();
    else return false;
    return true;
  }

  cancel(): void {
    this.unmark();
    this.ended();
    const { app, bench } = this.hands;
    bench.say(app.n('lifting.canceled', this.tasks.length, { title: this.tasks[0]?.title ?? '' }));
  }

  private async put(): Promise<void> {
    this.unmark();
    this.ended();
    const [first] = this.tasks;
    const column = this.columns[this.column];
    if (!first || !column) return;
    await this.hands.bench.edits.place(this.tasks, { ...this.place(column, first), status: column.status });
    await this.hands.keepFocus(first.id);
  }

  private place(column: Column, first: Task): Place {
    const all = this.hands.db.tasksOf(first.project_id);
    const moved = this.tasks.map(({ id }) => id);
    return placeOf(all, moved, column.status, column.ids[this.index] ?? null, 'before');
  }

  private go(column: number, index: number): void {
    this.column = Math.max(0, Math.min(column, this.columns.length - 1));
    this.index = Math.max(0, Math.min(index, this.columns[this.column]?.ids.length ?? 0));
    this.show();
    const { app, bench } = this.hands;
    const { name = '', ids = [] } = this.columns[this.column] ?? {};
    bench.say(app.t('lifting.at', { column: name, place: this.index + 1, count: ids.length + 1 }));
  }

  /** A line where the tasks would go. */
  private show(): void {
    this.unmark();
    const column = this.columns[this.column];
    const before = column?.ids[this.index];
    const last = column?.ids.at(-1);
    const row = (id: string): Element | null => document.querySelector(`[data-drag="${CSS.escape(id)}"]`);
    const [element, mark] = before
      ? [row(before), 'drop-before']
      : last
        ? [row(last), 'drop-after']
        : [document.querySelector(`[data-column="${CSS.escape(column?.status ?? '')}"]`), 'over'];
    element?.classList.add(mark);
    element?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    for (const { id } of this.tasks) row(id)?.classList.add('dragging');
  }

  private unmark(): void {
    for (const name of MARKS) for (const one of document.querySelectorAll(`.${name}`)) one.classList.remove(name);
    for (const one of document.querySelectorAll('.dragging')) one.classList.remove('dragging');
  }
}
