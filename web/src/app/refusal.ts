/** In words: what a write that the server refused was to do. */
import { keyOfTask } from '../actions/tasks.ts';
import type { MessageKey } from '../i18n/i18n.svelte.ts';
import type { Effect, Fields, Write } from '../sync/types.ts';
import type { App } from './app.svelte.ts';
import type { Db } from './db.svelte.ts';

/** What people wrote themselves; anything else is named, not shown. */
const WRITTEN = ['title', 'name', 'body', 'description'] as const;

/** "Title of OPS-12". */
export function titleOf(app: App, db: Db, write: Write): string {
  const [effect] = write.effects;
  if (!effect) return app.t('attention.updated_other', { what: app.t('attention.kind_other') });
  const what = subjectOf(app, db, effect);
  if (effect.op === 'create') return app.t('attention.created', { kind: kindOf(app, effect.kind), what });
  if (effect.op === 'delete') return app.t('attention.deleted', { what });
  const fields = namesOf(app, effect.fields);
  return fields === '' ? app.t('attention.updated_other', { what }) : app.t('attention.updated', { fields, what });
}

/** The words that were written, so that they can be copied. Empty when there are none. */
export function wordsOf(write: Write): string {
  const fields = { ...write.body, ...write.effects[0]?.fields };
  return WRITTEN.flatMap((name) => text(fields, name) ?? []).join('\n\n');
}

function subjectOf(app: App, db: Db, effect: Effect): string {
  if (effect.kind === 'task') {
    const task = db.task(effect.id);
    const key = task && keyOfTask(db, task);
    return key ?? task?.title ?? text(effect.fields, 'title') ?? app.t('attention.kind_task');
  }
  const held = db.engine.store.get(effect.kind, effect.id) ?? {};
  const named = { ...effect.fields, ...held };
  return text(named, 'title') ?? text(named, 'name') ?? kindOf(app, effect.kind);
}

function kindOf(app: App, kind: string): string {
  const key = `attention.kind_${kind}`;
  return app.t(app.i18n.has(key) ? key : 'attention.kind_other');
}

function namesOf(app: App, fields: Fields): string {
  const keys = Object.keys(fields).map((name) => `attention.field_${name}`);
  const known = keys.filter((key): key is MessageKey => app.i18n.has(key));
  return new Intl.ListFormat(app.i18n.locale).format(known.map((key) => app.t(key)));
}

function text(fields: Fields, name: string): string | undefined {
  const value = fields[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
