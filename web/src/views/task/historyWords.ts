/** The reader's words for what happened. */
import type { App } from '../../app/app.svelte.ts';
import type { Db } from '../../app/db.svelte.ts';
import { projectName, statusName } from '../../app/names.ts';
import { formatDay, today } from '../../domain/dates.ts';
import { formatEstimate } from '../../domain/estimate.ts';
import type { Words } from '../../domain/history.ts';
import { sentence } from '../../domain/recurrence/sentence.ts';
import type { Task } from '../../domain/types.ts';

export function historyWords(app: App, db: Db, task: Task): Words {
  const { t, i18n } = app;
  const lists = new Intl.ListFormat(i18n.language);
  const units = { d: t('estimate.d'), h: t('estimate.h'), m: t('estimate.m') };
  const [open, close] = i18n.language === 'de' ? '„“' : '“”';
  return {
    t,
    list: (items) => lists.format(items),
    quoted: (text) => `${open}${text}${close}`,
    person: (id) => db.person(id)?.name ?? t('person.unknown'),
    label: (id) => db.label(id)?.name ?? '…',
    project: (id) => {
      const project = db.project(id);
      return project ? projectName(app, project) : '…';
    },
    status: (key) => {
      const status = db.statuses(task.project_id).find((one) => one.key === key);
      return status ? statusName(app, status) : key;
    },
    task: (id) => db.task(id)?.title ?? '…',
    day: (day) => formatDay(day, i18n.locale, today(db.profile()?.time_zone)),
    estimate: (minutes) => formatEstimate(minutes, units),
    rule: (recurrence) => sentence(recurrence, i18n.language),
  };
}
