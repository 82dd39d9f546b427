/** Reading notifications; read on one device is read on all. */
import type { Db } from '../app/db.svelte.ts';
import type { Mute, Notification } from '../domain/types.ts';
import type { Effect } from '../sync/types.ts';

export function readNotification(db: Db, one: Notification): void {
  if (one.read_at) return;
  const path = `/notifications/${one.id}`;
  void db.write({ method: 'PATCH', path, body: { read: true }, effects: [readEffect(one)] });
}

export function unreadNotification(db: Db, one: Notification): void {
  const { stream, scope, id } = one;
  const effects = [{ op: 'update' as const, stream, scope, kind: 'notification', id, fields: { read_at: null } }];
  void db.write({ method: 'PATCH', path: `/notifications/${id}`, body: { read: false }, effects });
}

/** No more notifications of a task. */
export function muteTask(db: Db, taskId: string): void {
  void db.write({ method: 'PUT', path: `/notifications/mutes/tasks/${taskId}`, effects: [] });
}

export function readAllNotifications(db: Db, open: readonly Notification[]): void {
  void db.write({ method: 'PUT', path: '/notifications/read', body: {}, effects: open.map(readEffect) });
}

export function unmute(db: Db, { stream, scope, id, what, object_id }: Mute): void {
  const effects = [{ op: 'delete' as const, stream, scope, kind: 'mute', id, fields: {} }];
  void db.write({ method: 'DELETE', path: `/notifications/mutes/${what}s/${object_id}`, effects });
}

function readEffect(one: Notification): Effect {
  const { stream, scope, id } = one;
  return { op: 'update', stream, scope, kind: 'notification', id, fields: { read_at: new Date().toISOString() } };
}
