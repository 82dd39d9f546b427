/** Who may give which role in a workspace (modules/tasks/domain/membership.py decides). */
import type { Role } from './types.ts';

/** From the widest. */
export const ROLES: readonly Role[] = ['owner', 'admin', 'member', 'guest'];

/** Whether somebody with that role runs the workspace; strangers have none. */
export function manages(role: Role | undefined): boolean {
  return role === 'owner' || role === 'admin';
}

/** The roles that somebody may give to a person of a role; none when the person is out of reach. */
export function rolesFor(mine: Role, theirs: Role): readonly Role[] {
  if (mine === 'owner') return ROLES;
  if (mine === 'admin' && theirs !== 'owner') return ROLES.slice(1);
  return [];
}
