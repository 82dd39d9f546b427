/** The wire shapes of sync (docs/architecture.md, "Streams" and "Sync") and what the client holds of them. */

export type Fields = Readonly<Record<string, unknown>>;
export type Operation = 'create' | 'update' | 'delete' | 'enter' | 'leave';

/** One entry of a stream's log. `fields` are absolute values. */
export interface Entry {
  readonly schema: number;
  readonly stream: string;
  readonly version: number;
  readonly scope: string;
  readonly action_id: string;
  readonly kind: string;
  readonly id: string;
  readonly op: Operation;
  readonly object_version: number;
  readonly fields: Fields;
  readonly actor: string | null;
  readonly at: string;
}

/** An object as the server last confirmed it. */
export interface Held {
  readonly stream: string;
  readonly scope: string;
  readonly kind: string;
  readonly id: string;
  readonly version: number;
  readonly fields: Fields;
}

export type Versions = Readonly<Record<string, number>>;

/** One line of GET /api/v1/sync. */
export type SyncLine =
  | { readonly type: 'begin'; readonly streams: Versions }
  | {
      readonly type: 'object';
      readonly stream: string;
      readonly scope: string;
      readonly kind: string;
      readonly id: string;
      readonly object_version: number;
      readonly fields: Fields;
    }
  | ({ readonly type: 'entry' } & Entry)
  | { readonly type: 'leave'; readonly stream: string; readonly scope: string }
  | { readonly type: 'progress'; readonly cursor: string }
  | { readonly type: 'reset' }
  | { readonly type: 'end'; readonly cursor: string; readonly streams?: Versions };

/** `event: changes` of GET /api/v1/events: `from` is exclusive, `to` inclusive. */
export interface LiveChanges {
  readonly stream: string;
  readonly from: number;
  readonly to: number;
  readonly entries: readonly Entry[];
}

/** RFC 9457 problem document with Headway's stable `code`. */
export interface ProblemBody {
  readonly status: number;
  readonly code: string;
  readonly title?: string;
  readonly detail?: string;
  readonly errors?: readonly { readonly field: string; readonly code: string; readonly message: string }[];
  /** Bytes that are taken, where something was too large. */
  readonly limit?: number;
}

/** What a queued write will do to the objects that people see, until the server's own entries say so. */
export interface Effect {
  readonly op: 'create' | 'update' | 'delete';
  readonly stream: string;
  readonly scope: string;
  readonly kind: string;
  readonly id: string;
  readonly fields: Fields;
}

export type WriteState = 'queued' | 'acknowledged' | 'refused';

/** A write on its way to the server. It outlives a closed tab. */
export interface Write {
  /** Place in the queue; given by the storage. */
  readonly seq: number;
  /** The Idempotency-Key. */
  readonly key: string;
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path below /api/v1, as `/batch` takes it. */
  readonly path: string;
  readonly body: Fields | null;
  readonly effects: readonly Effect[];
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly state: WriteState;
  /** While it is queued: a tab has begun to send it. */
  readonly sent?: boolean;
  /** Of an undo that waits for what it takes back: the key of that write, whose action is not known yet. */
  readonly undoes?: string | undefined;
  /** When acknowledged: the stream versions at which the server's entries contain this write. */
  readonly seen?: Versions;
  /** When acknowledged: the server's name for what was done; null when nothing was. */
  readonly actionId?: string | null;
  /** When refused: why. */
  readonly problem?: ProblemBody;
}

export type NewWrite = Omit<Write, 'seq' | 'state' | 'sent' | 'seen' | 'actionId' | 'problem'>;
