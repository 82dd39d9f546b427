/** What happened in a workspace, in a few words: of tasks as their own activity says it, of other things by kind. */
import type { I18n } from '../i18n/i18n.svelte.ts';
import { activitySentence, type ActivityItem } from './activity.ts';

const OF_TASKS: ReadonlySet<string> = new Set(['task', 'comment', 'checklist_item', 'attachment', 'relation']);

export function happening(item: ActivityItem, i18n: I18n): string {
  const key = `happening.${item.kind}_${item.op}`;
  if (i18n.has(key)) return i18n.t(key);
  return OF_TASKS.has(item.kind) ? activitySentence(item, i18n) : i18n.t('happening.changed');
}
