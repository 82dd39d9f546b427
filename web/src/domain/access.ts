/** What people may do, as the server decides it: a role in the workspace, and a level in each project. */
import type { Level, Member, Project, ProjectMember } from './types.ts';

const LEVELS: readonly Level[] = ['view', 'comment', 'edit'];

/** The level of somebody in a project; null for who does not see it. */
export function levelIn(
  project: Project,
  member: Member | undefined,
  listed: readonly ProjectMember[],
  userId: string,
): Level | null {
  if (!member) return null;
  if (project.access === 'open' && member.role !== 'guest') return 'edit';
  return listed.find(({ user_id }) => user_id === userId)?.level ?? null;
}

export function isAtLeast(level: Level | null, least: Level): boolean {
  return level !== null && LEVELS.indexOf(level) >= LEVELS.indexOf(least);
}
