/** People after `@` and tasks after `#`, while somebody writes. */
import { keyOfTask } from '../actions/tasks.ts';
import { levelOf } from '../actions/people.ts';
import type { App } from '../app/app.svelte.ts';
import type { Db } from '../app/db.svelte.ts';
import { triggerAt, type Trigger } from '../domain/mentions.ts';
import { findTasks } from '../domain/find.ts';
import type { Category, Task } from '../domain/types.ts';
import { placeOf } from './caret.ts';

export interface Choice {
  readonly kind: 'user' | 'task';
  readonly id: string;
  readonly name: string;
  readonly hint?: string;
  /** Of a person: whether the project is seen. */
  readonly sees?: boolean;
  readonly category?: Category;
}

const MOST = 8;

export class Choices {
  trigger = $state.raw<Trigger | null>(null);
  place = $state.raw<DOMRect>(new DOMRect());
  active = $state(0);
  readonly options: readonly Choice[] = $derived(this.trigger ? this.find(this.trigger) : []);
  readonly open = $derived(this.options.length > 0);
  /** Where a choice was refused with Escape. */
  private refused = -1;

  constructor(
    private readonly app: App,
    private readonly db: Db,
    private readonly task: () => Task | undefined,
  ) {}

  /** Looks at the word before the caret; to be called after every edit. */
  look(field: HTMLTextAreaElement): void {
    const found = field.selectionStart === field.selectionEnd ? triggerAt(field.value, field.selectionStart) : null;
    const wanted = found && (found.sign === '@' || found.query !== '') && found.start !== this.refused ? found : null;
    if (!found) this.refused = -1;
    if (wanted && wanted.start !== this.trigger?.start) this.place = placeOf(field, wanted.start);
    if (wanted?.query !== this.trigger?.query) this.active = 0;
    this.trigger = wanted;
  }

  close(): void {
    this.refused = this.trigger?.start ?? -1;
    this.trigger = null;
  }

  /** The choice that a key makes, `true` where the key was for the list, else `false`. */
  key(event: KeyboardEvent): Choice | boolean {
    if (!this.open || event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return false;
    const last = this.options.length - 1;
    if (event.key === 'ArrowDown') this.active = this.active === last ? 0 : this.active + 1;
    else if (event.key === 'ArrowUp') this.active = this.active === 0 ? last : this.active - 1;
    else if (event.key === 'Escape') this.close();
    else if (event.key === 'Enter' || event.key === 'Tab') return this.options[this.active] ?? true;
    else return false;
    return true;
  }

  private find({ sign, query }: Trigger): readonly Choice[] {
    const task = this.task();
    if (!task) return [];
    return sign === '@' ? this.people(task, query.toLowerCase()) : this.tasks(task, query);
  }

  private people(task: Task, query: string): readonly Choice[] {
    const fits = (name: string): boolean => {
      const lower = name.toLowerCase();
      return lower.startsWith(query) || lower.split(/\s+/).some((word) => word.startsWith(query));
    };
    const found = this.db.members(task.workspace_id).flatMap(({ id }): Choice[] => {
      const name = this.db.person(id)?.name ?? '';
      if (name === '' || !fits(name)) return [];
      const sees = levelOf(this.db, task.project_id, id) !== null;
      return [{ kind: 'user', id, name, sees, ...(!sees && { hint: this.app.t('access.none') }) }];
    });
    const order = (a: Choice, b: Choice): number => Number(b.sees) - Number(a.sees) || a.name.localeCompare(b.name);
    return found.sort(order).slice(0, MOST);
  }

  private tasks(task: Task, query: string): readonly Choice[] {
    const keyOf = (one: Task): string => keyOfTask(this.db, one) ?? '';
    const all = this.db.tasks().filter((one) => one.workspace_id === task.workspace_id && one.id !== task.id);
    return findTasks(all, keyOf, query, MOST).map((one) => ({
      kind: 'task',
      id: one.id,
      name: one.title,
      hint: keyOf(one),
      category: one.status_category,
    }));
  }
}
