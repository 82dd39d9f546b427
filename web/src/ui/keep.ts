/** The rule that nothing vanishes under the hand. Pure. */
import type { Task } from '../domain/types.ts';

export interface Group {
  readonly id: string;
  readonly name: string;
  readonly tasks: readonly Task[];
}

/**
 * `next` with the held tasks where they were in `before`, even when they no longer match or belong to another group.
 * `current` gives a task as it is now; one that is gone altogether is not kept.
 */
export function keepInPlace(
  next: readonly Group[],
  before: readonly Group[],
  held: readonly string[],
  current: (id: string) => Task | undefined,
): readonly Group[] {
  let groups = next;
  for (const id of held) {
    const group = before.find(({ tasks }) => tasks.some((task) => task.id === id));
    const task = current(id);
    if (!group || !task) continue;
    const place = group.tasks.findIndex((one) => one.id === id);
    groups = withTaskAt(groups, group, task, place);
  }
  return groups;
}

function withTaskAt(groups: readonly Group[], home: Group, task: Task, place: number): readonly Group[] {
  const without = groups.map((group) => ({ ...group, tasks: group.tasks.filter((one) => one.id !== task.id) }));
  const target = without.find(({ id }) => id === home.id);
  if (!target) return [...without, { ...home, tasks: [task] }];
  return without.map((group) =>
    group === target ? { ...group, tasks: group.tasks.toSpliced(place, 0, task) } : group,
  );
}
