/** The tasks of a view as a file for spreadsheets: what is shown, in its order. */
import { keyOfTask } from '../../actions/tasks.ts';
import type { App } from '../../app/app.svelte.ts';
import { projectName, statusName } from '../../app/names.ts';
import type { ViewModel } from '../../app/viewmodel.svelte.ts';
import { csvOf } from '../../domain/csv.ts';
import type { Task } from '../../domain/types.ts';
import type { Property } from '../../domain/view/types.ts';

type Column = readonly [name: string, value: (task: Task) => string];

/** Hands the file to the browser. */
export function exportTasks(app: App, model: ViewModel, title: string): void {
  const columns = columnsOf(app, model);
  const rows = model.frames.flatMap(({ tasks }) => tasks.map((task) => columns.map(([, value]) => value(task))));
  const csv = csvOf([columns.map(([name]) => name), ...rows]);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([csv], { type: 'text/csv;charset=utf-8' }));
  link.download = `${title.replace(/[^\p{L}\p{N} _-]/gu, '').trim() || 'tasks'}.csv`;
  link.click();
  URL.revokeObjectURL(link.href);
}

function columnsOf(app: App, model: ViewModel): readonly Column[] {
  const { db, settings } = model;
  const { t } = app;
  const status = (task: Task): string => {
    const found = db.statuses(task.project_id).find(({ key }) => key === task.status);
    return found ? statusName(app, found) : task.status;
  };
  const optional: Readonly<Record<Property, (task: Task) => string>> = {
    key: (task) => keyOfTask(db, task) ?? '',
    labels: (task) => task.label_ids.flatMap((id) => db.label(id)?.name ?? []).join(', '),
    project: (task) => {
      const project = db.project(task.project_id);
      return project ? projectName(app, project) : '';
    },
    due: (task) => [task.due_date ?? '', task.due_time?.slice(0, 5) ?? ''].join(' ').trim(),
    priority: (task) => (task.priority === 'none' ? '' : t(`priority.${task.priority}`)),
    assignees: (task) => task.assignee_ids.map((id) => db.person(id)?.name ?? t('person.unknown')).join(', '),
    estimate: (task) => (task.estimate_minutes === null ? '' : String(task.estimate_minutes)),
    subtasks: (task) => String(db.subtasks(task.id).length),
  };
  const chosen = settings.properties.map((property): Column => [t(`view.property_${property}`), optional[property]]);
  return [[t('view.column_title'), (task) => task.title], [t('view.column_status'), status], ...chosen];
}
