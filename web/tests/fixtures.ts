/** Small makers of wire objects, so that tests say only what matters. */
import type { Entry, Fields, Held, LiveChanges, SyncLine } from '../src/sync/types.ts';

export const WORKSPACE = '0198aaaa-0000-7000-8000-000000000001';
export const STREAM = `workspace:${WORKSPACE}`;
export const SCOPE = 'project:p1';

export function entry(version: number, wanted: Partial<Entry> = {}): Entry {
  return {
    schema: 1,
    stream: STREAM,
    version,
    scope: SCOPE,
    action_id: `action-${version}`,
    kind: 'task',
    id: 't1',
    op: 'update',
    object_version: version,
    fields: {},
    actor: 'somebody',
    at: '2026-11-23T10:00:00.000000Z',
    ...wanted,
  };
}

export function held(id: string, version: number, fields: Fields = {}, wanted: Partial<Held> = {}): Held {
  return { stream: STREAM, scope: SCOPE, kind: 'task', id, version, fields, ...wanted };
}

export function objectLine(id: string, version: number, fields: Fields = {}): SyncLine {
  const { stream, scope, kind } = held(id, version);
  return { type: 'object', stream, scope, kind, id, object_version: version, fields };
}

export function changes(from: number, entries: readonly Entry[], stream = STREAM): LiveChanges {
  return { stream, from, to: entries.at(-1)?.version ?? from, entries };
}

export async function* lines(...all: readonly SyncLine[]): AsyncIterable<SyncLine> {
  yield* all;
}
