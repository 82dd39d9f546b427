/** What happened to a task, in a few words. */
import type { I18n, MessageKey } from '../i18n/i18n.svelte.ts';

export interface ActivityItem {
  readonly kind: string;
  readonly op: string;
  readonly fields?: Readonly<Record<string, unknown>>;
  readonly actor: string | null;
  readonly at: string;
}

const FIELDS: readonly [field: string, key: MessageKey][] = [
  ['trashed_at', 'activity.trashed'],
  ['project_id', 'activity.moved'],
  ['status', 'activity.status'],
  ['title', 'activity.title'],
  ['description', 'activity.description'],
  ['assignee_ids', 'activity.assignees'],
  ['label_ids', 'activity.labels'],
  ['priority', 'activity.priority'],
  ['due_date', 'activity.due'],
  ['due_time', 'activity.due'],
  ['start_date', 'activity.start'],
  ['recurrence', 'activity.recurrence'],
  ['estimate_minutes', 'activity.estimate'],
  ['parent_id', 'activity.parent'],
  ['position', 'activity.position'],
];

export function activitySentence(item: ActivityItem, i18n: I18n): string {
  const specific = `activity.${item.kind}_${item.op}`;
  if (i18n.has(specific)) return i18n.t(specific);
  const changed = FIELDS.filter(([field]) => item.fields && field in item.fields).map(([, key]) => i18n.t(key));
  if (changed.length === 0) return i18n.t('activity.changed');
  return new Intl.ListFormat(i18n.language).format(new Set(changed));
}
