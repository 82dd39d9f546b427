/** What the palette offers below a command that asks for a choice: the statuses, people, days and so on. */
import { addDays, formatWeekday, today } from '../domain/dates.ts';
import { quickDays } from '../domain/quickdays.ts';
import type { Task } from '../domain/types.ts';
import { PRIORITIES } from '../domain/view/grouping.ts';
import type { Hands } from './hands.ts';
import { projectName, statusName } from './names.ts';
import { typedDue } from './typeddue.ts';

export interface Choice {
  readonly id: string;
  readonly name: string;
  readonly hint?: string;
  readonly run: () => void;
}

/** By the id of a command; null for one that asks for nothing. */
export function choicesOf(command: string, hands: Hands): readonly Choice[] | null {
  const tasks = hands.tasks();
  const choose = CHOICES[command];
  return choose && tasks.length > 0 ? choose(hands, tasks) : null;
}

/** For a command whose choice can be typed in words. */
export function typedChoiceOf(command: string, hands: Hands): ((words: string) => Choice | null) | undefined {
  return command === 'task.due' ? (words) => typedDue(hands, hands.tasks(), words) : undefined;
}

const CHOICES: Readonly<Record<string, (hands: Hands, tasks: readonly Task[]) => readonly Choice[]>> = {
  'task.status': ({ app, db, bench }, tasks) =>
    db.statuses(tasks[0]?.project_id ?? '').map((status) => ({
      id: status.id,
      name: statusName(app, status),
      run: () => void bench.edits.status(tasks, status.key),
    })),
  'task.priority': ({ app, bench }, tasks) =>
    PRIORITIES.map((id) => ({
      id,
      name: app.t(`priority.${id}`),
      run: () => void bench.edits.priority(tasks, id),
    })),
  'task.assignee': ({ app, db, bench }, tasks) =>
    db.members(tasks[0]?.workspace_id ?? '').map(({ id }) => ({
      id,
      name: db.person(id)?.name ?? app.t('person.unknown'),
      run: () => void bench.edits.assignee(tasks, id),
    })),
  'task.label': ({ db, bench }, tasks) =>
    db.labels(tasks[0]?.workspace_id ?? '').map(({ id, name }) => ({
      id,
      name,
      run: () => void bench.edits.label(tasks, id),
    })),
  'task.move': ({ app, db, bench }, tasks) =>
    db
      .projects(tasks[0]?.workspace_id ?? '')
      .filter((project) => !project.archived_at)
      .map((project) => ({
        id: project.id,
        name: projectName(app, project),
        run: () => void bench.edits.move(tasks, project),
      })),
  'task.due': ({ app, db, bench }, tasks) => {
    const now = today(db.profile()?.time_zone);
    const named = quickDays(now).map(({ name, day }) => ({ name: app.t(name), day }));
    const days = [2, 3, 4, 5, 6].map((ahead) => addDays(now, ahead));
    const weekdays = days
      .filter((day) => named.every((one) => one.day !== day))
      .map((day) => ({ name: formatWeekday(day, app.i18n.locale), day }));
    return [...named, ...weekdays, { name: app.t('date.none'), day: null }].map(({ name, day }) => ({
      id: day ?? 'none',
      name,
      ...(day && { hint: day }),
      run: () => void bench.edits.due(tasks, day),
    }));
  },
};
