/** What can be done with the tasks that are meant. */
import { mayEdit } from '../../actions/people.ts';
import { isClosed } from '../../domain/closure.ts';
import { placeOf, shifted } from '../../domain/place.ts';
import type { Task } from '../../domain/types.ts';
import type { MessageKey } from '../../i18n/i18n.svelte.ts';
import type { Hands } from '../hands.ts';
import type { MenuKind } from '../workbench.svelte.ts';
import { onOne, type Command } from './command.ts';
import { copyText } from '../clipboard.ts';

const some = (hands: Hands): boolean => hands.tasks().length > 0;
/** Whoever may only read or comment is offered no edits. */
const editable = (hands: Hands): boolean => some(hands) && hands.tasks().every((task) => mayEdit(hands.db, task));

export const TASK_COMMANDS: readonly Command[] = [
  {
    id: 'task.complete',
    group: 'task',
    title: (hands) => (some(hands) && hands.tasks().every(isClosed) ? 'action.reopen' : 'action.complete'),
    keys: ['e'],
    when: editable,
    run: complete,
  },
  menu('status', 'action.change_status', 's'),
  menu('priority', 'action.prioritize', 'p'),
  menu('assignee', 'action.assign', 'a'),
  editAll('task.assign_me', 'action.assign_me', ({ bench, db }, tasks) => bench.edits.assignee(tasks, db.me)),
  menu('due', 'action.schedule', 'd'),
  menu('label', 'action.label', 'l'),
  menu('move', 'action.move_to_project', 'm'),
  shift('left', 'action.shift_left', [-1, 0]),
  shift('right', 'action.shift_right', [1, 0]),
  shift('up', 'action.shift_up', [0, -1]),
  shift('down', 'action.shift_down', [0, 1]),
  { id: 'task.lift', group: 'task', title: 'action.lift', keys: ['Space'], onlyKeys: true, run: () => undefined },
  onOne('task.open', 'action.open', ({ bench }, task) => bench.open(task)),
  onOne('task.open_page', 'action.open_page', ({ app, bench }, task) => app.router.go(bench.pageOf(task))),
  onAll('task.copy_link', 'action.copy_link', copyLinks),
  editAll('task.duplicate', 'action.duplicate', ({ bench }, tasks) => bench.edits.duplicate(tasks)),
  {
    id: 'task.select',
    group: 'task',
    title: 'action.select',
    keys: ['x'],
    when: (hands) => nextToSelect(hands) !== null,
    run: (hands) => hands.bench.selection.toggle(nextToSelect(hands) ?? ''),
  },
  {
    ...editAll('task.trash', 'action.trash', trash),
    keys: ['mod+Backspace', 'Delete'],
  },
];

function menu(kind: MenuKind, title: MessageKey, key: string): Command {
  const id = `task.${kind}`;
  return { id, group: 'task', title, keys: [key], when: editable, run: (hands) => hands.openMenu(kind) };
}

function onAll(id: string, title: MessageKey, run: (hands: Hands, tasks: readonly Task[]) => unknown): Command {
  return { id, group: 'task', title, when: some, run: (hands) => void run(hands, hands.tasks()) };
}

function editAll(...given: Parameters<typeof onAll>): Command {
  return { ...onAll(...given), when: editable };
}

/** Where something is selected already, the focus says what comes next. */
function nextToSelect(hands: Hands): string | null {
  return hands.task()?.id ?? hands.focused();
}

function complete(hands: Hands): void {
  const focused = hands.focused();
  void hands.bench.edits.complete(hands.tasks()).then(() => {
    if (focused !== null) void hands.keepFocus(focused);
  });
}

/** Moves one task on its board: up and down in its column, or to the column beside it. The focus goes with it. */
function shift(name: string, title: MessageKey, [across, down]: readonly [number, number]): Command {
  const arrow = `Arrow${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  return {
    id: `task.shift_${name}`,
    group: 'task',
    title,
    keys: [`alt+${arrow}`],
    when: (hands) => editable(hands) && hands.task()?.parent_id === null,
    run: (hands) => {
      const task = hands.task();
      if (task) void shiftTask(hands, task, across, down);
    },
  };
}

async function shiftTask(hands: Hands, task: Task, across: number, down: number): Promise<void> {
  const { db, bench } = hands;
  const statuses = db.statuses(task.project_id);
  const status = statuses[statuses.findIndex(({ key }) => key === task.status) + across];
  const tasks = db.tasksOf(task.project_id);
  const place =
    down === 0 ? placeOf(tasks, [task.id], status?.key ?? '', null, 'after') : shifted(tasks, task, down as 1);
  if (!status || !place) return;
  await bench.edits.place([task], { ...place, status: status.key });
  await hands.keepFocus(task.id);
}

/** The focus goes to what comes next. */
async function trash({ bench }: Hands, tasks: readonly Task[]): Promise<void> {
  const ids = bench.listing?.ids() ?? [];
  const gone = new Set(tasks.map(({ id }) => id));
  const at = ids.findIndex((id) => gone.has(id));
  const next =
    ids.slice(at).find((id) => !gone.has(id)) ?? ids.slice(0, Math.max(at, 0)).findLast((id) => !gone.has(id));
  await bench.edits.trash(tasks);
  if (next) await bench.hands.keepFocus(next);
}

async function copyLinks({ app, bench }: Hands, tasks: readonly Task[]): Promise<void> {
  const links = tasks.map((task) => new URL(app.router.href(bench.pageOf(task)), location.href).href);
  await copyText(app, links.join('\n'), app.n('toast.links_copied', links.length));
}
