/** The rules by which entries and snapshots become objects. Pure: no storage, no clock, no browser. */
import type { Effect, Entry, Held, SyncLine } from './types.ts';

/** Kinds whose ids are user ids, and so occur in the streams of several workspaces. */
const SHARED_ID_KINDS: ReadonlySet<string> = new Set(['member']);

/** The key of an object within its kind. */
export function keyOf(object: { readonly stream: string; readonly kind: string; readonly id: string }): string {
  if (!SHARED_ID_KINDS.has(object.kind)) return object.id;
  return `${ownerOf(object.stream)}.${object.id}`;
}

/** `workspace:0198...` is owned by `0198...`. */
export function ownerOf(stream: string): string {
  return stream.slice(stream.indexOf(':') + 1);
}

/**
 * What is held after `entry`. `buried` is the object version at which the object was last deleted or left (0 when never),
 * so that a late copy of an older state cannot bring it back. The same object is returned when the entry changes nothing.
 */
export function applyEntry(held: Held | undefined, buried: number, entry: Entry): Held | undefined {
  if (held ? entry.object_version <= held.version : entry.object_version < buried) return held;
  switch (entry.op) {
    case 'create':
    case 'enter':
      return {
        stream: entry.stream,
        scope: entry.scope,
        kind: entry.kind,
        id: entry.id,
        version: entry.object_version,
        fields: entry.fields,
      };
    case 'update':
      if (!held) return undefined;
      return {
        ...held,
        scope: entry.scope,
        version: entry.object_version,
        fields: { ...held.fields, ...entry.fields },
      };
    case 'delete':
    case 'leave':
      return undefined;
    default:
      // An operation of a later release: readers ignore what they don't know.
      return held;
  }
}

/** What is held after a snapshot's object. An equal version only fills fields that were left out before. */
export function applyObject(held: Held | undefined, buried: number, object: Held): Held | undefined {
  if (!held) return object.version < buried ? undefined : object;
  if (object.version > held.version) return { ...object, fields: { ...held.fields, ...object.fields } };
  const missing = Object.keys(object.fields).some((name) => !(name in held.fields));
  return missing ? { ...held, fields: { ...object.fields, ...held.fields } } : held;
}

export function heldOf(line: Extract<SyncLine, { type: 'object' }>): Held {
  const { stream, scope, kind, id, fields } = line;
  return { stream, scope, kind, id, version: line.object_version, fields };
}

/** An object as people see it: the confirmed state with the pending effects replayed over it. */
export function overlay(held: Held | undefined, effects: readonly Effect[]): Held | undefined {
  let seen = held;
  for (const effect of effects) {
    if (effect.op === 'delete') seen = undefined;
    else if (seen) seen = { ...seen, fields: { ...seen.fields, ...effect.fields } };
    else if (effect.op === 'create') {
      const { stream, scope, kind, id, fields } = effect;
      seen = { stream, scope, kind, id, version: 0, fields };
    }
  }
  return seen;
}
