/** The rule that nothing vanishes under the hand. Pure. */
import type { Task } from '../types.ts';

export interface Group {
  readonly id: string;
  readonly name: string;
  readonly tasks: readonly Task[];
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
    const group = before.find(({ tasks }) => tasks.some((task) => task.id === id));
    const task = current(id);
    if (!group || !task || task.trashed_at) continue;
    const place = group.tasks.findIndex((one) => one.id === id);
    groups = withTaskAt(groups, group, task, place);
  }
  return groups;
}

function withTaskAt<G extends Group>(groups: readonly G[], home: G, task: Task, place: number): readonly G[] {
  const without = groups.map((group) => ({ ...group, tasks: group.tasks.filter((one) => one.id !== task.id) }));
  const target = without.find(({ id }) => id === home.id);
  if (!target) return [...without, { ...home, tasks: [task] }];
  return without.map((group) =>
    group === target ? { ...group, tasks: group.tasks.toSpliced(place, 0, task) } : group,
  );
}

/** The group that a task is in. */
export function groupOf(groups: readonly Group[], id: string): Group | undefined {
  return groups.find(({ tasks }) => tasks.some((task) => task.id === id));
}

/** The tasks before and after one, across groups. */
export function neighboursOf(groups: readonly Group[], id: string | null): string[] {
  const filled = groups.filter(({ tasks }) => tasks.length > 0);
  const home = filled.findIndex(({ tasks }) => tasks.some((task) => task.id === id));
  const group = filled[home];
  if (!group) return [];
  const place = group.tasks.findIndex((task) => task.id === id);
  const previous = group.tasks[place - 1] ?? filled[home - 1]?.tasks.at(-1);
  const next = group.tasks[place + 1] ?? filled[home + 1]?.tasks[0];
  return [previous, next].flatMap((task) => task?.id ?? []);
}

export function idsOf(groups: readonly Group[]): string[] {
  return groups.flatMap(({ tasks }) => tasks.map(({ id }) => id));
}
