/** The cases of sync that tests/support/sync_cases.py recorded from the real server. */
import { readdirSync, readFileSync } from 'node:fs';
import type { Transport } from '../src/sync/engine.ts';
import type { EventStream } from '../src/sync/live.ts';
import type { BatchAnswer } from '../src/sync/batch.ts';
import { heldOf } from '../src/sync/reducer.ts';
import type { Store } from '../src/sync/store.ts';
import type { Held, LiveChanges, SyncLine, Versions } from '../src/sync/types.ts';
import { lines } from './fixtures.ts';

export type Heard = ({ readonly type: 'changes' } & LiveChanges) | { readonly type: 'resync' };

export interface Step {
  readonly did: string;
  readonly delta: readonly SyncLine[];
  readonly live: readonly Heard[];
}

export interface Case {
  readonly me: string;
  readonly snapshot: readonly SyncLine[];
  readonly steps: readonly Step[];
  /** What /sync says of all steps at once. */
  readonly at_once: readonly SyncLine[];
  /** The snapshot afterwards. */
  readonly final: readonly SyncLine[];
}

const FOLDER = new URL('../../tests/cases/sync/', import.meta.url);

export const CASES: readonly (readonly [name: string, recorded: Case])[] = readdirSync(FOLDER)
  .sort()
  .map((file) => [
    file.replace('.json', '').replaceAll('_', ' '),
    JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as Case,
  ]);

/** Answers by cursor as the real server did; `now` is how many steps have happened. */
export class RecordedServer implements Transport {
  now = 0;
  asked: (string | null)[] = [];
  private listeners = new Map<string, (event: { data?: string }) => void>();

  constructor(private readonly recorded: Case) {}

  async sync(cursor: string | null): Promise<AsyncIterable<SyncLine>> {
    this.asked.push(cursor);
    return lines(...this.answer(cursor));
  }

  batch = async (): Promise<BatchAnswer> => ({ kind: 'offline' });
  renew = async (): Promise<boolean> => true;
  task = async (id: string): Promise<Held | null> => objectsOf(this.recorded.final).get(`task/${id}`) ?? null;

  events(): EventStream {
    return {
      addEventListener: (type, listener) => void this.listeners.set(type, listener),
      close: () => undefined,
    };
  }

  get over(): boolean {
    return this.now === this.recorded.steps.length;
  }

  get lastIsNext(): boolean {
    return this.now === this.recorded.steps.length - 1;
  }

  /** The live stream opens. */
  hello(): void {
    this.say('hello', { streams: this.versions });
  }

  /** Tells live what happened in the step that comes next. */
  step(): void {
    const step = this.recorded.steps[this.now];
    this.now += 1;
    for (const { type, ...data } of step?.live ?? []) this.say(type, data);
  }

  private say(type: string, data: unknown): void {
    this.listeners.get(type)?.({ data: JSON.stringify(data) });
  }

  private get versions(): Versions {
    const { snapshot, steps } = this.recorded;
    return endOf(this.now === 0 ? snapshot : steps[this.now - 1]?.delta).streams ?? {};
  }

  private answer(cursor: string | null): readonly SyncLine[] {
    const { snapshot, steps, final } = this.recorded;
    if (cursor === null) return this.now === 0 ? snapshot : final;
    const ends = [snapshot, ...steps.map(({ delta }) => delta)].map((answer) => endOf(answer).cursor);
    const since = steps.slice(ends.lastIndexOf(cursor), this.now).map(({ delta }) => delta);
    const end = since.at(-1)?.at(-1) ?? { type: 'end', cursor };
    return [...since.flatMap((delta) => delta.slice(0, -1)), end];
  }
}

export function endOf(answer: readonly SyncLine[] = []): Extract<SyncLine, { type: 'end' }> {
  const end = answer.at(-1);
  if (end?.type !== 'end') throw new Error('The answer has no end.');
  return end;
}

/** The objects of a snapshot by `kind/id`. */
export function objectsOf(answer: readonly SyncLine[]): ReadonlyMap<string, Held> {
  const found = answer.filter((line) => line.type === 'object').map(heldOf);
  return new Map(found.map((held) => [`${held.kind}/${held.id}`, held]));
}

/** What a snapshot would tell, too: not what is asked for on demand, nor the trash. */
export function shown(store: Store): Record<string, Held> {
  const held = [...store.everything()].filter(
    ([, { kind, fields }]) => kind !== 'comment' && kind !== 'transfer' && !fields['trashed_at'],
  );
  return Object.fromEntries(
    held.map(([name, { fields, ...object }]) => {
      const told = Object.entries(fields).filter(([field]) => field !== 'description');
      return [name, { ...object, fields: Object.fromEntries(told) }];
    }),
  );
}
