/** Who hears of a task, and who sees a project. */
import type { Db } from '../app/db.svelte.ts';
import { isAtLeast, levelIn } from '../domain/access.ts';
import type { Level, Project, Task } from '../domain/types.ts';
import { uuid7 } from '../sync/uuid.ts';
import { creationOf, updateOf } from './effects.ts';

/** Lets somebody hear of what happens to a task, or no longer. */
export function toggleWatcher(db: Db, task: Task, userId: string): void {
  const watchers = task.watcher_ids ?? [];
  const has = watchers.includes(userId);
  const watcher_ids = has ? watchers.filter((id) => id !== userId) : [...watchers, userId];
  const path = `/tasks/${task.id}/watchers/${userId}`;
  void db.write({ method: has ? 'DELETE' : 'PUT', path, effects: [updateOf('task', task, { watcher_ids })] });
}

/** Lets somebody of the workspace see a project. */
export function shareWith(db: Db, project: Project, userId: string, level: Level): void {
  const listed = db.listedIn(project.id).find(({ user_id }) => user_id === userId);
  const place = { stream: project.stream, scope: `project:${project.id}` };
  const effect = listed
    ? updateOf('project_member', listed, { level })
    : creationOf('project_member', uuid7(), place, { project_id: project.id, user_id: userId, level });
  const path = `/projects/${project.id}/members/${userId}`;
  void db.write({ method: 'PUT', path, body: { level }, effects: [effect] });
}

/** What somebody may do in a project; null for who does not see it. */
export function levelOf(db: Db, projectId: string, userId: string): Level | null {
  const project = db.project(projectId);
  if (!project) return null;
  // The server lists who makes a project; until it has, that is oneself.
  if (!project.synced) return userId === db.me ? 'edit' : null;
  return levelIn(project, db.member(project.workspace_id, userId), db.listedIn(projectId), userId);
}

export function mayEdit(db: Db, task: Task): boolean {
  return mayEditIn(db, task.project_id);
}

/** Whether tasks can be made and changed there: nothing changes in an archived project. */
export function mayEditIn(db: Db, projectId: string): boolean {
  return isAtLeast(levelOf(db, projectId, db.me), 'edit') && !db.project(projectId)?.archived_at;
}

export function mayComment(db: Db, task: Task): boolean {
  return isAtLeast(levelOf(db, task.project_id, db.me), 'comment');
}
