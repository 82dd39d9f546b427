/** The sync engine's view of the API. */
import type { Transport } from '../sync/engine.ts';
import type { BatchAnswer, BatchResult } from '../sync/batch.ts';
import type { Held, SyncLine, Versions, Write } from '../sync/types.ts';
import { SignedOut } from '../sync/upstream.ts';
import type { Api } from './client.ts';
import type { Schema } from './types.ts';
import { Problem, Unreachable } from './problem.ts';

export function httpTransport(api: Api): Transport {
  return {
    async sync(cursor) {
      const response = await api.response('GET', '/sync', { query: { cursor } }).catch(asSignedOut);
      return lines(response);
    },
    batch: (writes) => sendBatch(api, writes),
    events: () => new EventSource(api.url('/events', { person: api.person })) as ReturnType<Transport['events']>,
    renew: async () => {
      // Asking for oneself refreshes a stale session on the way.
      try {
        await api.get('/users/me');
        return true;
      } catch (error) {
        if (error instanceof Problem && error.status === 401) return false;
        throw error;
      }
    },
    async task(id) {
      return heldTask(await api.get<Schema<'Task'>>(`/tasks/${id}`));
    },
  };
}

/** A task of the API as the sync store holds it. */
export function heldTask(task: Schema<'Task'>): Held {
  const { id, version, key, ...rest } = task;
  // The log tells the number; the API tells the key that is made of it.
  const fields = { ...rest, number: Number(key.slice(key.lastIndexOf('-') + 1)) };
  return {
    stream: `workspace:${fields.workspace_id}`,
    scope: `project:${fields.project_id}`,
    kind: 'task',
    id,
    version,
    fields,
  };
}

async function sendBatch(api: Api, writes: readonly Write[]): Promise<BatchAnswer> {
  const operations = writes.map(({ key, method, path, body }) => ({ key, method, path, ...(body && { body }) }));
  try {
    const response = await api.response('POST', '/batch', { body: { operations } });
    const { results } = (await response.json()) as { results: BatchResult[] };
    return { kind: 'answered', results, versions: versionsOf(response.headers.get('headway-version')) };
  } catch (error) {
    if (error instanceof Unreachable) return { kind: 'offline', unsent: !navigator.onLine };
    if (!(error instanceof Problem)) throw error;
    if (error.status === 401) return { kind: 'signed-out' };
    if (error.retryAfter !== null) return { kind: 'wait', seconds: error.retryAfter };
    // Only what was wrong with the writes themselves is theirs; anything else may pass.
    if (!UNACCEPTABLE.has(error.status)) return { kind: 'offline' };
    return {
      kind: 'answered',
      versions: {},
      results: writes.map(({ key }) => ({ key, status: error.status, body: error.body })),
    };
  }
}

/** Statuses that say that the request, as it is, will never be taken: malformed, too large, invalid. */
const UNACCEPTABLE: ReadonlySet<number> = new Set([400, 413, 422]);

/** `workspace:<id>=42, inbox:<id>=7` as a map. */
export function versionsOf(header: string | null): Versions {
  const versions: Record<string, number> = {};
  for (const part of (header ?? '').split(',')) {
    const [stream, version] = part.trim().split('=');
    if (stream && version) versions[stream] = Number(version);
  }
  return versions;
}

/** NDJSON as it arrives. */
export async function* lines(response: Response): AsyncIterable<SyncLine> {
  if (!response.body) return;
  let rest = '';
  const decoder = new TextDecoder();
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw new Unreachable();
    });
    if (done) break;
    const parts = (rest + decoder.decode(value, { stream: true })).split('\n');
    rest = parts.pop() ?? '';
    for (const part of parts) if (part !== '') yield JSON.parse(part) as SyncLine;
  }
  if (rest.trim() !== '') yield JSON.parse(rest) as SyncLine;
}

function asSignedOut(error: unknown): never {
  if (error instanceof Problem && error.status === 401) throw new SignedOut();
  throw error;
}
