/** Reading notifications; read on one device is read on all. */
import type { Db } from '../app/db.svelte.ts';
import type { Mute, Notification } from '../domain/types.ts';
import type { Effect } from '../sync/types.ts';
import { deletionOf, updateOf } from './effects.ts';

export function readNotification(db: Db, one: Notification): void {
  if (one.read_at) return;
  const path = `/notifications/${one.id}`;
  void db.write({ method: 'PATCH', path, body: { read: true }, effects: [readEffect(one)] });
}

export function unreadNotification(db: Db, one: Notification): void {
  const effects = [updateOf('notification', one, { read_at: null })];
  void db.write({ method: 'PATCH', path: `/notifications/${one.id}`, body: { read: false }, effects });
}

/** No more notifications of a task. */
export function muteTask(db: Db, taskId: string): void {
  void db.write({ method: 'PUT', path: `/notifications/mutes/tasks/${taskId}`, effects: [] });
}

export function readAllNotifications(db: Db, open: readonly Notification[]): void {
  void db.write({ method: 'PUT', path: '/notifications/read', body: {}, effects: open.map(readEffect) });
}

export function unmute(db: Db, mute: Mute): void {
  const path = `/notifications/mutes/${mute.what}s/${mute.object_id}`;
  void db.write({ method: 'DELETE', path, effects: [deletionOf('mute', mute)] });
}

function readEffect(one: Notification): Effect {
  return updateOf('notification', one, { read_at: new Date().toISOString() });
}
