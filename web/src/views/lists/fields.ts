/** What a view can be filtered by: the choices of each field, and how they read. */
import type { App } from '../../app/app.svelte.ts';
import { projectName, statusName } from '../../app/names.ts';
import type { ViewModel } from '../../app/viewmodel.svelte.ts';
import { hueOf, type Hue } from '../../domain/people.ts';
import type { Category, Priority } from '../../domain/types.ts';
import { PRIORITIES } from '../../domain/view/grouping.ts';
import { CATEGORIES } from '../../domain/view/sorting.ts';
import type { Filters } from '../../domain/view/types.ts';

type ListName =
  'statuses' | 'categories' | 'priorities' | 'assignees' | 'label_ids' | 'project_ids' | 'created_by' | 'has';
export type FieldName = ListName | 'due' | 'due_before' | 'due_after' | 'q';

export interface Choice {
  readonly id: string;
  readonly name: string;
  readonly category?: Category;
  readonly priority?: Priority;
  readonly hue?: Hue;
}

export interface Field {
  readonly id: FieldName;
  readonly name: string;
  /** None where something is typed in instead. */
  readonly choices: readonly Choice[];
}

const DUE = ['overdue', 'today', 'this_week', 'next_7_days', 'none', 'any'] as const;
const THINGS = ['assignee', 'due', 'estimate', 'label', 'parent', 'recurrence', 'start'] as const;

export function fieldsOf(app: App, model: ViewModel): readonly Field[] {
  const { t } = app;
  const { known, statuses, db } = model;
  const people = known.people.map(({ id, name }) => ({
    id: id === db.me ? 'me' : id,
    name: nameOf(app, db.me, id, name),
  }));
  const field = (id: FieldName, choices: readonly Choice[]): Field => ({ id, name: t(`view.field_${id}`), choices });
  const labels = known.labels.map(({ id, name, color }) => ({ id, name, hue: hueOf(color) }));
  const projects = known.projects.map((one) => ({ id: one.id, name: projectName(app, one), hue: hueOf(one.color) }));
  return [
    statuses.length > 0
      ? field(
          'statuses',
          statuses.map((one) => ({ id: one.key, name: statusName(app, one), category: one.category })),
        )
      : field(
          'categories',
          CATEGORIES.map((id) => ({ id, name: t(`status.${id}`), category: id })),
        ),
    field('assignees', [...people, { id: 'nobody', name: t('view.nobody') }]),
    field(
      'priorities',
      PRIORITIES.map((id) => ({ id, name: t(`priority.${id}`), priority: id })),
    ),
    field('label_ids', labels),
    field(
      'due',
      DUE.map((id) => ({ id, name: t(`view.due_is_${id}`) })),
    ),
    ...(model.projectId ? [] : [field('project_ids', projects)]),
    field('created_by', people),
    field(
      'has',
      THINGS.map((id) => ({ id, name: t(`view.has_${id}`) })),
    ),
    field('due_after', []),
    field('due_before', []),
    field('q', []),
  ];
}

/** The chosen ids of a field. */
export function chosenOf(filters: Filters, field: FieldName): readonly string[] {
  const value = filters[field];
  if (value === null || value === '') return [];
  return typeof value === 'string' ? [value] : value;
}

/** The filters after a choice was made or taken back. */
export function choose(filters: Filters, field: FieldName, id: string): Partial<Filters> {
  const chosen = chosenOf(filters, field);
  const is = chosen.includes(id);
  if (field === 'due' || field === 'due_before' || field === 'due_after' || field === 'q') {
    return { [field]: is ? none(field) : id };
  }
  return { [field]: is ? chosen.filter((one) => one !== id) : [...chosen, id] };
}

export function cleared(field: FieldName): Partial<Filters> {
  return { [field]: none(field) };
}

function none(field: FieldName): string | null | readonly string[] {
  if (field === 'q') return '';
  return field.startsWith('due') ? null : [];
}

function nameOf(app: App, me: string, id: string, name: string): string {
  return id === me ? app.t('view.me') : name;
}
