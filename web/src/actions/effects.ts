/** What a write does to an object that is held, until the server's own entries say so. */
import type { Effect, Fields } from '../sync/types.ts';

interface Placed {
  readonly id: string;
  readonly stream: string;
  readonly scope: string;
}

export function updateOf(kind: string, object: Placed, fields: Fields): Effect {
  return { op: 'update', stream: object.stream, scope: object.scope, kind, id: object.id, fields };
}

export function deletionOf(kind: string, object: Placed): Effect {
  return { op: 'delete', stream: object.stream, scope: object.scope, kind, id: object.id, fields: {} };
}

/** A new object that lives where `beside` does. */
export function creationOf(kind: string, id: string, beside: Omit<Placed, 'id'>, fields: Fields): Effect {
  return { op: 'create', stream: beside.stream, scope: beside.scope, kind, id, fields };
}
