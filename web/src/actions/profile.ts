/** One's own settings. */
import type { Db } from '../app/db.svelte.ts';
import type { Profile } from '../domain/types.ts';
import type { Fields } from '../sync/types.ts';
import { updateOf } from './effects.ts';

export function updateProfile(db: Db, profile: Profile, changes: Fields): void {
  write(db, profile, changes, changes);
}

/** Of the preferences, only the one that changes is sent, so that two devices do not undo each other's; null takes it away. */
export function setPreference(db: Db, profile: Profile, name: string, value: string | null): void {
  const preferences = { ...profile.preferences, [name]: value };
  write(db, profile, { preferences: { [name]: value } }, { preferences });
}

function write(db: Db, profile: Profile, body: Fields, fields: Fields): void {
  void db.write({ method: 'PATCH', path: '/users/me', body, effects: [updateOf('profile', profile, fields)] });
}
