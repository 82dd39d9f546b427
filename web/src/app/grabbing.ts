/** What a hand that takes hold of a task has hold of. Whatever can be dragged asks by an event; the shell answers. */
import { mayEdit } from '../actions/people.ts';
import { placeOf, type Side } from '../domain/place.ts';
import type { Workbench } from './workbench.svelte.ts';

/** A place in a column: beside the task `over`, or at the end. */
export interface Spot {
  readonly status: string;
  readonly over: string | null;
  readonly side: Side;
}

export interface Hold {
  /** All tasks that go along, in the order of the view; none where somebody may only look. */
  readonly ids: readonly string[];
  /** Does what a drop means, as one step. */
  readonly drop: (work: () => void) => void;
  readonly place: (spot: Spot) => void;
  /** A finger lifted the task and let go again. */
  readonly pressed: () => void;
}

interface Asked {
  readonly taskId: string;
  hold: Hold | null;
}

const EVENT = 'taskgrab';

export function grab(element: HTMLElement, taskId: string): Hold {
  const asked: Asked = { taskId, hold: null };
  element.dispatchEvent(new CustomEvent(EVENT, { bubbles: true, detail: asked }));
  const nothing = (): void => undefined;
  return asked.hold ?? { ids: [taskId], drop: (work) => work(), place: nothing, pressed: nothing };
}

/** For the element around all that can be grabbed. */
export function answerGrabs(bench: Workbench): (root: HTMLElement) => () => void {
  const answer = (event: Event): void => {
    const asked = (event as CustomEvent<Asked>).detail;
    asked.hold = holdOf(bench, asked.taskId);
  };
  return (root) => {
    root.addEventListener(EVENT, answer);
    return () => root.removeEventListener(EVENT, answer);
  };
}

function holdOf(bench: Workbench, taskId: string): Hold {
  const { selection, listing, hands, edits } = bench;
  const wanted = selection.has(taskId) ? (listing?.ids() ?? selection.ids).filter((id) => selection.has(id)) : [taskId];
  const ids = wanted.filter((id) => {
    const task = hands.db.task(id);
    return task && mayEdit(hands.db, task);
  });
  return {
    ids,
    drop: (work) => {
      // What has the focus stays where it is; what was dragged must not.
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
      hands.db.history.together(work);
    },
    place: ({ status, over, side }) => {
      const tasks = ids.flatMap((id) => hands.db.task(id) ?? []);
      const [first] = tasks;
      if (!first) return;
      const between = placeOf(hands.db.tasksOf(first.project_id), ids, status, over, side);
      void edits.place(tasks, { ...between, status });
    },
    pressed: () => selection.toggle(taskId),
  };
}
