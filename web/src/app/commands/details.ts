/** What can be done with one task besides: its finer dates, its place below another, copies of what it says. */
import { keyOfTask } from '../../actions/tasks.ts';
import { isClosed } from '../../domain/closure.ts';
import { mayEdit } from '../../actions/people.ts';
import { asMarkdown } from '../../domain/asMarkdown.ts';
import type { Task } from '../../domain/types.ts';
import type { MessageKey } from '../../i18n/i18n.svelte.ts';
import type { Hands } from '../hands.ts';
import type { MenuKind } from '../workbench.svelte.ts';
import { onOne, type Command } from './command.ts';
import { copyText } from '../clipboard.ts';

export const DETAIL_COMMANDS: readonly Command[] = [
  menu('start', 'menu.start'),
  menu('repeat', 'menu.repeat'),
  { ...menu('remind', 'menu.remind'), when: (hands) => hands.task() !== undefined },
  menu('parent', 'menu.parent'),
  onOne('task.copy_key', 'menu.copy_key', copyKey),
  onOne('task.copy_markdown', 'menu.copy_markdown', copyMarkdown),
];

function menu(kind: MenuKind, title: MessageKey): Command {
  return {
    id: `task.${kind}`,
    group: 'task',
    title,
    when: (hands) => {
      const task = hands.task();
      return task !== undefined && mayEdit(hands.db, task);
    },
    run: (hands) => hands.openMenu(kind),
  };
}

async function copyKey({ app, db }: Hands, task: Task): Promise<void> {
  const key = keyOfTask(db, task);
  if (key === null) return;
  await copyText(app, key, app.t('menu.copied_key', { key }));
}

async function copyMarkdown({ app, db, bench }: Hands, task: Task): Promise<void> {
  const text = asMarkdown(task, {
    key: keyOfTask(db, task),
    url: new URL(app.router.href(bench.pageOf(task)), location.href).href,
    checklist: db.checklist(task.id),
    subtasks: db.subtasks(task.id).map((one) => ({ title: one.title, closed: isClosed(one) })),
  });
  await copyText(app, text, app.t('menu.copied_markdown'));
}
