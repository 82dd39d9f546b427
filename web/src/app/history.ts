/**
 * What was done in this visit, to be taken back and done again, step by step.
 *
 * A write that the server cannot have seen is taken out of the queue; for any other an undo is queued behind it, with the
 * effect that shows at once. Taking back what was taken back is the same again, so redo needs nothing of its own.
 */
import type { Engine } from '../sync/engine.ts';
import { keyOf } from '../sync/reducer.ts';
import type { Effect, Fields, NewWrite, ProblemBody, Write } from '../sync/types.ts';
import { uuid7 } from '../sync/uuid.ts';

/** One write of a step: sent or waiting to be, or withdrawn from the queue. `inverse` shows the state before it. */
interface Done {
  readonly state: 'written' | 'withdrawn';
  readonly write: NewWrite;
  readonly inverse: readonly Effect[];
}

/** What one gesture did: it is taken back as one. */
export interface Step {
  readonly done: Done[];
  /** When what was written is shown. */
  readonly shown: Promise<void>[];
}

const UNDO = '/undo';
/** Steps that can be gone back. */
const LONGEST = 100;
/** What the server can take back (tasks/actions/undo.py). */
const KINDS: ReadonlySet<string> = new Set([
  'task',
  'comment',
  'attachment',
  'checklist_item',
  'label',
  'status',
  'project',
  'relation',
  'view',
  'reminder',
]);

export class History {
  private past: Step[] = [];
  private future: Step[] = [];
  private open: Step | null = null;
  /** What is being taken back: one step after the other. */
  private turn: Promise<unknown> = Promise.resolve();
  /** Told when the server would not take something back. */
  onTrouble: (problem: ProblemBody) => void = () => undefined;

  constructor(private readonly engine: Pick<Engine, 'store' | 'outbox' | 'write'>) {}

  write(write: NewWrite): Promise<void> {
    const done: Done[] = canBeUndone(write)
      ? [{ state: 'written', write, inverse: this.inverseOf(write.effects) }]
      : [];
    const shown = this.engine.write(write);
    this.open?.done.push(...done);
    this.open?.shown.push(shown);
    if (!this.open && done.length > 0) this.remember({ done, shown: [shown] });
    return shown;
  }

  /** Everything that `work` writes before it returns is one step. */
  together(work: () => void): Step {
    if (this.open) {
      work();
      return this.open;
    }
    const step: Step = { done: [], shown: [] };
    this.open = step;
    try {
      work();
    } finally {
      this.open = null;
      if (step.done.length > 0) this.remember(step);
    }
    return step;
  }

  /** Takes back the last step, or the one that is given. Whether there was one. */
  undo(wanted?: Step): Promise<boolean> {
    return this.inTurn(() => this.undoNow(wanted));
  }

  /** Does again what was last taken back. Whether there was something. */
  redo(): Promise<boolean> {
    return this.inTurn(() => this.redoNow());
  }

  /** What the server refused can no longer be taken back. True for a refused undo: it is told here, once. */
  refused(write: Write): boolean {
    for (const { done } of [...this.past, ...this.future]) {
      const place = done.findIndex(({ write: { key } }) => key === write.key);
      if (place !== -1) done.splice(place, 1);
    }
    this.past = this.past.filter(({ done }) => done.length > 0);
    this.future = this.future.filter(({ done }) => done.length > 0);
    if (write.path !== UNDO) return false;
    this.onTrouble(write.problem ?? { status: 409, code: 'not_undoable' });
    return true;
  }

  private async undoNow(wanted?: Step): Promise<boolean> {
    const step = wanted ?? this.past.at(-1);
    if (!step || !this.past.includes(step)) return false;
    this.past = this.past.filter((one) => one !== step);
    const taken = await this.takeBack(step);
    this.future.push(taken);
    return true;
  }

  private async redoNow(): Promise<boolean> {
    const step = this.future.pop();
    if (!step) return false;
    this.past.push(await this.takeBack(step));
    return true;
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.turn.then(work);
    this.turn = done.catch(() => undefined);
    return done;
  }

  private remember(step: Step): void {
    this.past = [...this.past.slice(1 - LONGEST), step];
    this.future = [];
  }

  private async takeBack(step: Step): Promise<Step> {
    // What is not in the queue yet could neither be taken out of it nor be named.
    await Promise.allSettled(step.shown);
    const done: Done[] = [];
    for (const one of [...step.done].reverse()) done.push(await this.takeBackOne(one));
    return { done, shown: [] };
  }

  private async takeBackOne({ state, write, inverse }: Done): Promise<Done> {
    if (state === 'withdrawn') {
      const again = { ...write, key: uuid7(), at: Date.now() };
      await this.engine.write(again);
      return { state: 'written', write: again, inverse };
    }
    if (!this.isBuiltUpon(write) && (await this.engine.outbox.withdraw(write.key))) {
      return { state: 'withdrawn', write, inverse };
    }
    const undo: NewWrite = {
      key: uuid7(),
      method: 'POST',
      path: UNDO,
      body: { action_id: '' },
      undoes: write.key,
      effects: inverse,
      at: Date.now(),
    };
    await this.engine.write(undo);
    return { state: 'written', write: undo, inverse: write.effects };
  }

  /** Whether something that waits in the queue changes the same objects afterwards. */
  private isBuiltUpon(write: NewWrite): boolean {
    const names = new Set(write.effects.map(nameOf));
    const all = this.engine.outbox.all;
    const place = all.findIndex(({ key }) => key === write.key);
    return all.slice(place + 1).some(({ effects }) => effects.some((effect) => names.has(nameOf(effect))));
  }

  private inverseOf(effects: readonly Effect[]): Effect[] {
    return effects.map((effect) => this.inverse(effect)).reverse();
  }

  private inverse(effect: Effect): Effect {
    const { stream, scope, kind, id } = effect;
    const held = this.engine.store.get(kind, keyOf(effect));
    // A task that was made goes to the trash, from where redo fetches it.
    if (effect.op === 'create' && kind !== 'task') return { ...effect, op: 'delete', fields: {} };
    if (effect.op === 'create') {
      return { ...effect, op: 'update', fields: { trashed_at: new Date().toISOString() } };
    }
    if (effect.op === 'delete') return { op: 'create', stream, scope, kind, id, fields: held ?? {} };
    return { ...effect, fields: former(held ?? {}, effect.fields) };
  }
}

function former(held: Fields, changed: Fields): Fields {
  return Object.fromEntries(Object.keys(changed).map((name) => [name, held[name] ?? null]));
}

function canBeUndone({ effects, path }: NewWrite): boolean {
  const made = effects.some(({ op, kind }) => op === 'create' && kind === 'project');
  return path !== UNDO && !made && effects.length > 0 && effects.every(({ kind }) => KINDS.has(kind));
}

function nameOf({ kind, id }: Effect): string {
  return `${kind}/${id}`;
}
