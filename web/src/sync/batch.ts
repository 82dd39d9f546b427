/** One request to POST /api/v1/batch: what goes into it, and what comes back. */
import type { ProblemBody, Versions, Write } from './types.ts';

const LARGEST_BATCH = 50;

export interface BatchResult {
  readonly key: string;
  readonly status: number;
  readonly body: unknown;
  /** Names what was done, for undo. */
  readonly action_id?: string | null;
}

export type BatchAnswer =
  | { readonly kind: 'answered'; readonly results: readonly BatchResult[]; readonly versions: Versions }
  | { readonly kind: 'wait'; readonly seconds: number }
  /** `unsent`: there was no network, so nothing can have arrived. */
  | { readonly kind: 'offline'; readonly unsent?: boolean }
  | { readonly kind: 'signed-out' };

export type SendBatch = (writes: readonly Write[]) => Promise<BatchAnswer>;

/** The next writes to go out together: an undo goes after what it takes back has been answered. */
export function sendable(writes: readonly Write[]): Write[] {
  const queued = writes.filter(({ state }) => state === 'queued').slice(0, LARGEST_BATCH);
  const waits = queued.findIndex(({ undoes }) => undoes !== undefined);
  return waits === -1 ? queued : queued.slice(0, waits);
}

/** Whether positions of streams are at those that a write reached; a stream that is not held is not waited for. */
export function reached(seen: Versions, positions: Versions): boolean {
  return Object.entries(seen).every(([stream, version]) => (positions[stream] ?? Infinity) >= version);
}

/** Why the server refused. */
export function problemOf(result: BatchResult): ProblemBody {
  const body = result.body as Partial<ProblemBody> | null;
  return { code: 'unknown', ...body, status: result.status };
}
