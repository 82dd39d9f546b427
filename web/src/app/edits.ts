/** The edits of tasks as people make them, from keys, menus, the palette or by dragging: done, told where it must be. */
import { tick } from 'svelte';
import { duplicateAll } from '../actions/duplicates.ts';
import {
  completeAll,
  editAll,
  moveAllToProject,
  placeAll,
  setStatusOfAll,
  toggleAssigneeOfAll,
  toggleLabelOfAll,
  trashAll,
} from '../actions/many.ts';
import { isClosed } from '../domain/closure.ts';
import { formatDay, today } from '../domain/dates.ts';
import type { Priority, Project, Task } from '../domain/types.ts';
import type { PluralKey } from '../i18n/i18n.svelte.ts';
import type { App } from './app.svelte.ts';
import type { Db } from './db.svelte.ts';
import type { Step } from './history.ts';
import { projectName, statusName } from './names.ts';
import type { Workbench } from './workbench.svelte.ts';

type Tasks = readonly Task[];

export class Edits {
  constructor(
    private readonly app: App,
    private readonly db: Db,
    private readonly bench: Pick<Workbench, 'listing' | 'selection' | 'openId' | 'close' | 'say'>,
  ) {}

  /** `told`: also where they stay in the view, since a swipe is easily made by accident. */
  complete(tasks: Tasks, told = false): Promise<void> {
    const said = tasks.every(isClosed) ? 'said.reopened' : 'said.completed';
    if (told) return this.tell(tasks, said, {}, completeAll(this.db, tasks));
    return this.edit(tasks, said, {}, () => completeAll(this.db, tasks));
  }

  /** `status` is the key of one that all their projects have. */
  status(tasks: Tasks, status: string): Promise<void> {
    return this.edit(tasks, 'said.moved', { place: this.nameOfStatus(tasks, status) }, () =>
      setStatusOfAll(this.db, tasks, status),
    );
  }

  priority(tasks: Tasks, priority: Priority): Promise<void> {
    return this.edit(tasks, 'said.changed', {}, () => editAll(this.db, tasks, { priority }));
  }

  /** Null takes the date away, and with it the time. */
  due(tasks: Tasks, day: string | null): Promise<void> {
    const changes = day ? { due_date: day } : { due_date: null, due_time: null, due_zone: null };
    const place = day
      ? formatDay(day, this.app.i18n.locale, today(this.db.profile()?.time_zone))
      : this.app.t('date.none');
    return this.edit(tasks, 'said.scheduled', { place }, () => editAll(this.db, tasks, changes));
  }

  assignee(tasks: Tasks, userId: string): Promise<void> {
    return this.edit(tasks, 'said.changed', {}, () => toggleAssigneeOfAll(this.db, tasks, userId));
  }

  label(tasks: Tasks, labelId: string): Promise<void> {
    return this.edit(tasks, 'said.changed', {}, () => toggleLabelOfAll(this.db, tasks, labelId));
  }

  move(tasks: Tasks, project: Project): Promise<void> {
    const place = projectName(this.app, project);
    return this.edit(tasks, 'said.moved', { place }, () => moveAllToProject(this.db, tasks, project));
  }

  /** Between two tasks of a column. Is told to those who do not see it. */
  place(tasks: Tasks, place: { after: Task | null; before: Task | null; status: string }): Promise<void> {
    const name = this.nameOfStatus(tasks, place.status);
    this.bench.say(this.said('said.moved', tasks, { place: name }));
    return this.edit(tasks, 'said.moved', { place: name }, () => placeAll(this.db, tasks, place));
  }

  duplicate(tasks: Tasks): void {
    duplicateAll(this.db, tasks);
    this.bench.say(this.said('said.duplicated', tasks, {}));
  }

  trash(tasks: Tasks): Promise<void> {
    this.bench.selection.clear();
    if (tasks.some(({ id }) => id === this.bench.openId)) this.bench.close();
    return this.tell(tasks, 'said.trashed', {}, trashAll(this.db, tasks));
  }

  /** Where tasks leave the view with an edit, that is told, with a way back. */
  private async edit(tasks: Tasks, said: PluralKey, params: Record<string, string>, work: () => Step): Promise<void> {
    const before = tasks.filter(({ id }) => this.bench.listing?.has(id));
    const step = work();
    await Promise.all(step.shown);
    await tick();
    const left = before.filter(({ id }) => !this.bench.listing?.has(id));
    if (left.length > 0) await this.tell(left, said, params, step);
  }

  private async tell(tasks: Tasks, said: PluralKey, params: Record<string, string>, step: Step): Promise<void> {
    const undo = { label: this.app.t('action.undo'), run: () => void this.db.history.undo(step) };
    this.app.toasts.show(this.said(said, tasks, params), undo);
  }

  private said(key: PluralKey, tasks: Tasks, params: Record<string, string>): string {
    return this.app.n(key, tasks.length, { title: tasks[0]?.title ?? '', ...params });
  }

  private nameOfStatus(tasks: Tasks, key: string): string {
    const status = this.db.statuses(tasks[0]?.project_id ?? '').find((one) => one.key === key);
    return status ? statusName(this.app, status) : '';
  }
}
