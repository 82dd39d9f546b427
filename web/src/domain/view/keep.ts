/** The rule that nothing vanishes under the hand. Pure. */
import type { Task } from '../types.ts';

export interface Group {
  readonly id: string;
  readonly name: string;
  readonly tasks: readonly Task[];
}

interface Spot<G> {
  readonly group: G;
  readonly place: number;
}

/**
 * `next` with the held tasks where they were in `before`, even when they no longer match or belong to another group.
 * `current` gives a task as it is now; one that is gone, or in the trash, is not kept.
 */
export function keepInPlace<G extends Group>(
  next: readonly G[],
  before: readonly G[],
  held: readonly string[],
  current: (id: string) => Task | undefined,
): readonly G[] {
  let groups = next;
  for (const id of held) {
    const task = current(id);
    const home = task && !task.trashed_at ? spotOf(before, id) : undefined;
    if (task && home && !isAt(groups, home, task)) groups = withTaskAt(groups, home, task);
  }
  return groups;
}

function isAt(groups: readonly Group[], { group, place }: Spot<Group>, task: Task): boolean {
  return groups.find(({ id }) => id === group.id)?.tasks[place] === task;
}

function withTaskAt<G extends Group>(groups: readonly G[], spot: Spot<G>, task: Task): readonly G[] {
  const home = spot.group;
  const without = groups.map((group) => {
    const at = group.tasks.indexOf(task);
    return at === -1 ? group : { ...group, tasks: group.tasks.toSpliced(at, 1) };
  });
  const target = without.find(({ id }) => id === home.id);
  if (!target) return [...without, { ...home, tasks: [task] }];
  return without.map((group) =>
    group === target ? { ...group, tasks: group.tasks.toSpliced(placeAmong(group.tasks, spot), 0, task) } : group,
  );
}

/** Behind as many of those that it stood behind as are left: when one above it goes, none from below comes above it. */
function placeAmong(tasks: readonly Task[], { group: { tasks: former }, place }: Spot<Group>): number {
  if (place === 0 || tasks[place - 1]?.id === former[place - 1]?.id) return place;
  const left = new Set(tasks.map(({ id }) => id));
  const known = new Set(former.map(({ id }) => id));
  let behind = former.slice(0, place).filter(({ id }) => left.has(id)).length;
  let at = 0;
  for (; behind > 0; at += 1) if (known.has(tasks[at]?.id ?? '')) behind -= 1;
  return at;
}

function spotOf<G extends Group>(groups: readonly G[], id: string): Spot<G> | undefined {
  for (const group of groups) {
    const place = group.tasks.findIndex((task) => task.id === id);
    if (place !== -1) return { group, place };
  }
  return undefined;
}

/** Whether a task, as it is now, is in one of the groups. */
export function isIn(groups: readonly Group[], task: Task | undefined): boolean {
  return task !== undefined && groups.some(({ tasks }) => tasks.includes(task));
}

/** The tasks before and after one, as it is now, across groups. */
export function neighboursOf(groups: readonly Group[], task: Task | undefined): string[] {
  if (!task) return [];
  const filled = groups.filter(({ tasks }) => tasks.length > 0);
  const home = filled.findIndex(({ tasks }) => tasks.includes(task));
  const group = filled[home];
  if (!group) return [];
  const place = group.tasks.indexOf(task);
  const previous = group.tasks[place - 1] ?? filled[home - 1]?.tasks.at(-1);
  const next = group.tasks[place + 1] ?? filled[home + 1]?.tasks[0];
  return [previous, next].flatMap((one) => one?.id ?? []);
}

export function idsOf(groups: readonly Group[]): string[] {
  return groups.flatMap(({ tasks }) => tasks.map(({ id }) => id));
}
