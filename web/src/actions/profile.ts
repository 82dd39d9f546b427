/** One's own settings. */
import type { Db } from '../app/db.svelte.ts';
import type { Profile } from '../domain/types.ts';
import type { Fields } from '../sync/types.ts';

export function updateProfile(db: Db, profile: Profile, changes: Fields): void {
  const { stream, scope, id } = profile;
  const effects = [{ op: 'update' as const, stream, scope, kind: 'profile', id, fields: changes }];
  void db.write({ method: 'PATCH', path: '/users/me', body: changes, effects });
}
