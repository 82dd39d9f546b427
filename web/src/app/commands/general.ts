/** Going to places, moving through lists, and what belongs to no task. */
import { redoLast, undoLast } from '../../actions/undo.ts';
import type { MessageKey } from '../../i18n/i18n.svelte.ts';
import type { Hands } from '../hands.ts';
import type { Command } from './command.ts';

const listed = ({ bench }: Hands): boolean => bench.listing !== null;

export const LIST_COMMANDS: readonly Command[] = [
  {
    id: 'list.next',
    group: 'list',
    title: 'keys.next',
    keys: ['j'],
    onlyKeys: true,
    run: (hands) => void hands.moveFocus(1),
  },
  {
    id: 'list.previous',
    group: 'list',
    title: 'keys.previous',
    keys: ['k'],
    onlyKeys: true,
    run: (hands) => void hands.moveFocus(-1),
  },
  extend('list.extend_down', 'keys.extend_down', 'shift+j', 1),
  extend('list.extend_up', 'keys.extend_up', 'shift+k', -1),
  {
    id: 'list.select_all',
    group: 'list',
    title: 'action.select_all',
    keys: ['mod+a'],
    when: listed,
    run: ({ bench }) => bench.selection.all(bench.listing?.ids() ?? []),
  },
  {
    id: 'list.select_none',
    group: 'list',
    title: 'action.select_none',
    keys: ['Escape'],
    when: ({ bench }) => bench.selection.size > 0,
    run: ({ bench }) => bench.selection.clear(),
  },
];

export const GO_COMMANDS: readonly Command[] = [
  go('today', 'nav.today', '/today', 't'),
  go('upcoming', 'nav.upcoming', '/upcoming', 'u'),
  go('inbox', 'nav.inbox', '/inbox', 'i'),
  go('my_tasks', 'nav.my_tasks', '/my-tasks', 'm'),
  go('notifications', 'nav.notifications', '/notifications', 'n'),
  go('projects', 'nav.projects', '/projects', 'p'),
  go('settings', 'nav.settings', '/settings', 's'),
  go('trash', 'nav.trash', '/trash'),
  { ...go('search', 'nav.search', '/search'), keys: ['/'] },
  go('all_tasks', 'nav.all_tasks', '/tasks'),
  go('dashboard', 'nav.dashboard', '/dashboard'),
  go('activity', 'nav.activity', '/activity'),
  go('new_workspace', 'workspace.new', '/new-workspace'),
];

export const GENERAL_COMMANDS: readonly Command[] = [
  { id: 'add', group: 'general', title: 'quick_add.title', keys: ['q'], run: ({ bench }) => bench.quickAdd() },
  {
    id: 'palette',
    group: 'general',
    title: 'palette.title',
    keys: ['mod+k'],
    onlyKeys: true,
    whileTyping: true,
    run: (hands) => (hands.bench.palette = hands.tasks().map(({ id }) => id)),
  },
  { id: 'undo', group: 'general', title: 'action.undo', keys: ['mod+z'], run: ({ app, db }) => void undoLast(app, db) },
  {
    id: 'redo',
    group: 'general',
    title: 'action.redo',
    keys: ['mod+shift+z', 'mod+y'],
    run: ({ app, db }) => void redoLast(app, db),
  },
  { id: 'help', group: 'general', title: 'keys.title', keys: ['?'], run: ({ bench }) => (bench.help = true) },
  {
    id: 'single_keys',
    group: 'general',
    title: ({ app }) => (app.singleKeys ? 'action.single_keys_off' : 'action.single_keys_on'),
    run: ({ app }) => app.useSingleKeys(!app.singleKeys),
  },
];

function go(name: string, title: MessageKey, path: string, key?: string): Command {
  const run = ({ app }: Hands): void => app.router.go(path);
  return { id: `go.${name}`, group: 'go', title, run, ...(key && { keys: [`g ${key}`] }) };
}

/** Selects from the focused task to the one that the focus goes to. */
function extend(id: string, title: MessageKey, key: string, step: 1 | -1): Command {
  const run = (hands: Hands): void => {
    const { selection, listing } = hands.bench;
    const from = hands.focused();
    const to = hands.moveFocus(step);
    if (to) selection.extend(listing?.ids() ?? [], to, from);
  };
  return { id, group: 'list', title, keys: [key], onlyKeys: true, when: listed, run };
}
