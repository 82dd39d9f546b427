/** What a view is: which tasks, in which groups and order, and what is shown of each. */
import type { Schema } from '../../api/types.ts';
import type { Row } from '../../sync/store.ts';

export type Filters = Schema<'ViewFilters'>;
export type Sort = Schema<'ViewSort'>;
export type SortKey = Sort['by'];
export type Layout = 'list' | 'board' | 'calendar';
export type Grouping = Schema<'View'>['grouping'];
export type Property = Schema<'View'>['properties'][number];

/** How the tasks of a view are laid out. */
export interface Settings {
  readonly layout: Layout;
  readonly grouping: Grouping;
  readonly sorting: readonly Sort[];
  readonly properties: readonly Property[];
}

export interface Shape extends Settings {
  readonly filters: Filters;
}

/** A saved view, as the log has it: filters that are not set are left out. */
export type SavedView = Row<
  Settings & {
    workspace_id: string;
    owner_id: string;
    shared_with: 'me' | 'workspace' | 'project';
    project_id: string | null;
    name: string;
    icon: string;
    filters: Partial<Filters>;
    position: string;
  }
>;

export const PROPERTIES: readonly Property[] = [
  'key',
  'labels',
  'project',
  'due',
  'priority',
  'assignees',
  'estimate',
  'subtasks',
];

export const NO_FILTERS: Filters = {
  statuses: [],
  categories: [],
  priorities: [],
  assignees: [],
  label_ids: [],
  project_ids: [],
  created_by: [],
  due: null,
  due_before: null,
  due_after: null,
  has: [],
  q: '',
  closed: true,
  with_subtasks: true,
};

export const PLAIN: Settings = { layout: 'list', grouping: 'none', sorting: [], properties: PROPERTIES };

export function shapeOf(view: SavedView): Shape {
  const { layout, grouping, sorting, properties } = view;
  return { layout, grouping, sorting, properties, filters: { ...NO_FILTERS, ...view.filters } };
}

export function sameSettings(a: Settings, b: Settings): boolean {
  return JSON.stringify(only(a)) === JSON.stringify(only(b));
}

function only({ layout, grouping, sorting, properties }: Settings): Settings {
  return { layout, grouping, sorting, properties };
}
