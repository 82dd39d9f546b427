/** What happened to a task, in words: one phrase for each thing that an action changed. */
import type { MessageKey, Params } from '../i18n/i18n.svelte.ts';
import type { Priority, Recurrence } from './types.ts';

export interface Happened {
  /** Of the stream; names the change. */
  readonly version: number;
  readonly action_id: string;
  readonly actor: string | null;
  readonly at: string;
  readonly kind: string;
  readonly id: string;
  readonly op: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly before: Readonly<Record<string, unknown>>;
}

/** The entries of one action, which are undone together. */
export interface Deed {
  readonly action_id: string;
  readonly actor: string | null;
  readonly at: string;
  readonly entries: readonly Happened[];
}

/** How the reader's language and data name things. */
export interface Words {
  readonly t: (key: MessageKey, params?: Params) => string;
  readonly list: (items: readonly string[]) => string;
  readonly quoted: (text: string) => string;
  readonly person: (id: string) => string;
  readonly label: (id: string) => string;
  readonly project: (id: string) => string;
  readonly status: (key: string) => string;
  readonly task: (id: string) => string;
  readonly day: (day: string) => string;
  readonly estimate: (minutes: number) => string;
  readonly rule: (recurrence: Recurrence) => string;
}

const PAUSE_MILLISECONDS = 3_600_000;

type Phrase = (item: Happened, words: Words) => readonly string[];

/** Entries of one action beside each other, the order kept. */
export function deedsOf(items: readonly Happened[]): readonly Deed[] {
  const deeds = new Map<string, Happened[]>();
  for (const item of items) deeds.set(item.action_id, [...(deeds.get(item.action_id) ?? []), item]);
  return [...deeds].flatMap(([action_id, entries]) => {
    const [first] = entries;
    return first ? [{ action_id, actor: first.actor, at: first.at, entries }] : [];
  });
}

/** What one person did without a pause of an hour, as one; the oldest first. Between `stops` (comments) nothing is joined. */
export function gathered(deeds: readonly Deed[], stops: readonly number[]): readonly Deed[] {
  const result: Deed[] = [];
  for (const deed of deeds) {
    const last = result.at(-1);
    const [from, to] = [Date.parse(last?.at ?? ''), Date.parse(deed.at)];
    const goesOn = last?.actor === deed.actor && to - from < PAUSE_MILLISECONDS;
    if (last && goesOn && !stops.some((stop) => stop > from && stop < to)) {
      result.splice(-1, 1, { ...last, at: deed.at, entries: [...last.entries, ...deed.entries] });
    } else result.push(deed);
  }
  return result;
}

/** Each phrase follows the name of who did it. */
export function phrasesOf(deed: Deed, words: Words): readonly string[] {
  return [...new Set(deed.entries.flatMap((item) => phrases(item, words)))];
}

/** Whether a deed is worth a line among the comments: these speak for themselves, and order and watching are noise. */
export function isNews(deed: Deed): boolean {
  return deed.entries.some(({ kind, op, fields }) => {
    if (kind === 'comment') return false;
    if (kind !== 'task' || op !== 'update') return true;
    return Object.keys(fields).some((name) => name !== 'position' && name !== 'watcher_ids' && name in TASK_FIELDS);
  });
}

/** The entry of a deed that changed the description. */
export function textChange(deed: Deed): Happened | undefined {
  return deed.entries.find(({ kind, op, fields }) => kind === 'task' && op === 'update' && 'description' in fields);
}

function phrases(item: Happened, words: Words): readonly string[] {
  if (item.kind === 'task') {
    if (item.op === 'create') return [words.t('history.created')];
    if (item.op === 'enter')
      return [words.t('history.moved', { project: words.project(text(item.fields['project_id'])) })];
    return taskPhrases(item, words);
  }
  const name = words.quoted(nameOf(item));
  if (item.kind === 'checklist_item' && item.op === 'update' && 'is_done' in item.fields) {
    return [words.t(item.fields['is_done'] ? 'history.checked' : 'history.unchecked', { title: name })];
  }
  const op = item.op === 'enter' ? 'create' : item.op;
  const key = KNOWN.find((one) => one === `history.${item.kind}_${op}`);
  return key ? [words.t(key, { name, title: name })] : [];
}

const KNOWN = [
  'history.attachment_create',
  'history.attachment_delete',
  'history.checklist_item_create',
  'history.checklist_item_delete',
  'history.checklist_item_update',
  'history.comment_create',
  'history.comment_delete',
  'history.comment_update',
  'history.relation_create',
  'history.relation_delete',
] as const;

function taskPhrases(item: Happened, words: Words): readonly string[] {
  const changed = Object.keys(item.fields).filter((name) => name in TASK_FIELDS);
  // A place in the column follows from nearly everything; alone it is what was done.
  const told = changed.length > 1 ? changed.filter((name) => name !== 'position') : changed;
  return told.flatMap((name) => TASK_FIELDS[name]?.(item, words) ?? []);
}

const TASK_FIELDS: Readonly<Record<string, Phrase>> = {
  trashed_at: ({ fields }, { t }) => [t(fields['trashed_at'] ? 'history.trashed' : 'history.restored')],
  title: ({ fields, before }, { t, quoted }) => [
    t('history.renamed', { before: quoted(text(before['title'])), after: quoted(text(fields['title'])) }),
  ],
  project_id: ({ fields }, { t, project }) => [t('history.moved', { project: project(text(fields['project_id'])) })],
  status: ({ fields, before }, { t, status }) => {
    const after = status(text(fields['status']));
    return before['status'] === undefined
      ? [t('history.status_to', { after })]
      : [t('history.status', { before: status(text(before['status'])), after })];
  },
  priority: ({ fields }, { t }) => [
    t('history.priority', { priority: t(`priority.${fields['priority'] as Priority}`) }),
  ],
  assignee_ids: (item, { t, person, list }) =>
    links(
      item,
      'assignee_ids',
      person,
      (people) => t('history.assigned', { people: list(people) }),
      (people) => t('history.unassigned', { people: list(people) }),
    ),
  label_ids: (item, { t, label, list }) =>
    links(
      item,
      'label_ids',
      label,
      (labels) => t('history.labelled', { labels: list(labels) }),
      (labels) => t('history.unlabelled', { labels: list(labels) }),
    ),
  watcher_ids: (item, { t, person, list }) =>
    links(
      item,
      'watcher_ids',
      person,
      (people) => t('history.watched', { people: list(people) }),
      (people) => t('history.unwatched', { people: list(people) }),
    ),
  due_date: (item, words) => due(item, words),
  due_time: (item, words) => ('due_date' in item.fields ? [] : due(item, words)),
  start_date: ({ fields }, { t, day }) => [
    fields['start_date'] ? t('history.start', { day: day(text(fields['start_date'])) }) : t('history.no_start'),
  ],
  recurrence: ({ fields }, { t, rule }) => [
    fields['recurrence']
      ? t('history.repeat', { rule: rule(fields['recurrence'] as Recurrence) })
      : t('history.no_repeat'),
  ],
  estimate_minutes: ({ fields }, { t, estimate }) => [
    typeof fields['estimate_minutes'] === 'number'
      ? t('history.estimate', { estimate: estimate(fields['estimate_minutes']) })
      : t('history.no_estimate'),
  ],
  parent_id: ({ fields }, { t, task, quoted }) => [
    fields['parent_id']
      ? t('history.parent', { title: quoted(task(text(fields['parent_id']))) })
      : t('history.no_parent'),
  ],
  description: (_item, { t }) => [t('history.description')],
  position: (_item, { t }) => [t('history.position')],
};

function due({ fields }: Happened, { t, day }: Words): readonly string[] {
  const date = text(fields['due_date']);
  const time = text(fields['due_time']).slice(0, 5);
  if ('due_date' in fields && date === '') return [t('history.no_due')];
  return [t('history.due', { day: [date && day(date), time].filter(Boolean).join(' ') || '–' })];
}

function links(
  { fields, before }: Happened,
  name: string,
  nameOfOne: (id: string) => string,
  added: (names: readonly string[]) => string,
  removed: (names: readonly string[]) => string,
): readonly string[] {
  const now = (fields[name] as readonly string[] | undefined) ?? [];
  const old = (before[name] as readonly string[] | undefined) ?? [];
  const more = now.filter((id) => !old.includes(id)).map(nameOfOne);
  const less = old.filter((id) => !now.includes(id)).map(nameOfOne);
  return [...(more.length > 0 ? [added(more)] : []), ...(less.length > 0 ? [removed(less)] : [])];
}

function nameOf({ fields, before }: Happened): string {
  return text(fields['name'] ?? before['name'] ?? fields['text'] ?? before['text']);
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
