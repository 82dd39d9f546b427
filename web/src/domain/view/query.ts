/** Filters as part of an address, so that a link shows the same. Pure. */
import { NO_FILTERS, type Filters } from './types.ts';

/** Lists are separated by commas; ids and words have none. */
const LISTS = {
  status: 'statuses',
  category: 'categories',
  priority: 'priorities',
  assignee: 'assignees',
  label: 'label_ids',
  project: 'project_ids',
  by: 'created_by',
  has: 'has',
} as const;
const WORDS = { due: 'due', before: 'due_before', after: 'due_after', q: 'q' } as const;
const FLAGS = { closed: 'closed', subtasks: 'with_subtasks' } as const;
/** Says that there are no filters where the view has some of its own. */
const NONE = 'filter';

const NAMES = [...Object.keys(LISTS), ...Object.keys(WORDS), ...Object.keys(FLAGS), NONE];
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const DUE: readonly string[] = ['overdue', 'today', 'this_week', 'next_7_days', 'none', 'any'];

/** The filters that an address names; null when it says nothing of filters. */
export function readFilters(query: URLSearchParams): Filters | null {
  if (!NAMES.some((name) => query.has(name))) return null;
  const found: Record<string, unknown> = { ...NO_FILTERS };
  for (const [name, field] of Object.entries(LISTS)) found[field] = (query.get(name) ?? '').split(',').filter(Boolean);
  for (const [name, field] of Object.entries(WORDS)) found[field] = query.get(name) ?? NO_FILTERS[field];
  for (const [name, field] of Object.entries(FLAGS)) found[field] = query.get(name) !== 'no';
  const filters = found as Filters;
  return {
    ...filters,
    due: DUE.includes(filters.due ?? '') ? filters.due : null,
    due_before: DAY.test(filters.due_before ?? '') ? filters.due_before : null,
    due_after: DAY.test(filters.due_after ?? '') ? filters.due_after : null,
  };
}

/** The parts of an address that name the filters; null takes a part away. `bare`: the view itself has none. */
export function writeFilters(filters: Filters, bare: boolean): Readonly<Record<string, string | null>> {
  const parts: Record<string, string | null> = {};
  for (const [name, field] of Object.entries(LISTS)) parts[name] = filters[field].join(',') || null;
  for (const [name, field] of Object.entries(WORDS)) parts[name] = filters[field] || null;
  for (const [name, field] of Object.entries(FLAGS)) parts[name] = filters[field] ? null : 'no';
  const empty = Object.values(parts).every((part) => part === null);
  return { ...parts, [NONE]: empty && !bare ? 'none' : null };
}

/** Takes all filters out of an address. */
export function withoutFilters(): Readonly<Record<string, null>> {
  return Object.fromEntries(NAMES.map((name) => [name, null]));
}
