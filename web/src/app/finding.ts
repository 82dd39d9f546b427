/** What the palette finds by name: commands, tasks, projects, people, pages. */
import { keyOfTask } from '../actions/tasks.ts';
import { isClosed } from '../domain/closure.ts';
import { best, fold } from '../domain/fuzzy.ts';
import type { Task } from '../domain/types.ts';
import { applies, titleOf } from './commands/command.ts';
import { COMMANDS, keysOf } from './commands/registry.ts';
import { pathOfProject, pathOfWorkspace } from './find.ts';
import type { Hands } from './hands.ts';
import { projectName, workspaceName } from './names.ts';
import { choicesOf, typedChoiceOf, type Choice } from './choices.ts';
import { oneself } from './oneself.ts';
import { pages } from './places.ts';

export type FoundKind = 'command' | 'task' | 'project' | 'person' | 'page';

export interface Found extends Choice {
  readonly kind: FoundKind;
  readonly keys?: readonly string[];
  readonly choices?: readonly Choice[] | null;
  /** What the words themselves mean among the choices. */
  readonly typed?: ((words: string) => Choice | null) | undefined;
}

const MOST_TASKS = 8;
const MOST = 30;

/** For an empty query what was used last, then what fits the tasks that are meant. */
export function find(hands: Hands, query: string, recent: readonly string[]): Found[] {
  const named = [...commands(hands), ...oneself(hands), ...projects(hands), ...pages(hands), ...people(hands)];
  const place = (one: Found): number => recent.indexOf(one.id);
  if (query.trim() === '') {
    const used = recent.flatMap((id) => named.find((one) => one.id === id) ?? []).slice(0, 5);
    const rest = named.filter((one) => !used.includes(one) && (one.kind === 'command' || one.kind === 'project'));
    return [...used, ...rest];
  }
  const lately = (one: Found): number => (place(one) === -1 ? 0 : 8 - Math.min(7, place(one)));
  return [...best(named, query, wordsOf, MOST, lately), ...tasks(hands, query)];
}

/** Pages of the same name are told apart by what they are pages of. */
function wordsOf({ kind, name, hint }: Found): string {
  return kind === 'page' && hint ? `${name} ${hint}` : name;
}

function commands(hands: Hands): Found[] {
  return COMMANDS.filter((command) => !command.onlyKeys && applies(command, hands)).map((command) => ({
    kind: 'command',
    id: command.id,
    name: titleOf(command, hands),
    keys: keysOf(command.id),
    choices: choicesOf(command.id, hands),
    typed: typedChoiceOf(command.id, hands),
    run: () => command.run(hands),
  }));
}

function projects({ app, db }: Hands): Found[] {
  return db.workspaces().flatMap((workspace) =>
    db
      .projects(workspace.id)
      .filter((project) => !project.archived_at && project.kind === 'project')
      .map((project) => ({
        kind: 'project' as const,
        id: project.id,
        name: projectName(app, project),
        hint: workspaceName(app, workspace),
        run: () => app.router.go(pathOfProject(db, project)),
      })),
  );
}

/** Leads to what somebody has to do, in the first workspace that both are in. */
function people({ app, db }: Hands): Found[] {
  const seen = new Set<string>();
  return db.workspaces().flatMap((workspace) =>
    db.members(workspace.id).flatMap(({ id }): Found[] => {
      const person = db.person(id);
      if (!person || seen.has(id)) return [];
      seen.add(id);
      const path = `${pathOfWorkspace(workspace)}/tasks?assignee=${id}`;
      return [{ kind: 'person', id, name: person.name, hint: app.t('palette.person'), run: () => app.router.go(path) }];
    }),
  );
}

/** Every word is in the title, or it is the key. Among 20,000 titles this takes a few milliseconds. */
function tasks({ app, db, bench }: Hands, query: string): Found[] {
  const words = fold(query.trim()).split(/\s+/);
  const dash = /^[a-z][a-z0-9]*-\d+$/i.test(query.trim()) ? query.trim().toUpperCase() : null;
  const hits: Task[] = [];
  for (const task of db.tasks()) {
    if (task.trashed_at) continue;
    const text = folded(task);
    if (words.every((word) => text.includes(word)) || (dash && keyOfTask(db, task) === dash)) hits.push(task);
  }
  return best(
    hits,
    query,
    (task) => (dash ? (keyOfTask(db, task) ?? '') : task.title),
    MOST_TASKS,
    (task) => (isClosed(task) ? 0 : 5),
  ).map((task) => ({
    kind: 'task',
    id: task.id,
    name: task.title,
    hint: keyOfTask(db, task) ?? app.t('task.no_key'),
    run: () => app.router.go(bench.pageOf(task)),
  }));
}

const FOLDED = new WeakMap<Task, string>();

function folded(task: Task): string {
  let text = FOLDED.get(task);
  if (text === undefined) FOLDED.set(task, (text = fold(task.title)));
  return text;
}
