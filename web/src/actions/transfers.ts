/** A task goes to another workspace: a job of the server, for which it has to be in reach. */
import type { Schema } from '../api/types.ts';
import type { Db } from '../app/db.svelte.ts';
import type { Project, Task } from '../domain/types.ts';

const PATIENCE_MILLISECONDS = 30_000;
const STEP_MILLISECONDS = 400;

/** What became of the move: the new task's id once it has arrived, or why it did not. Throws what the API throws. */
export async function transferTask(db: Db, task: Task, project: Project): Promise<Schema<'Transfer'>> {
  const body = { workspace_id: project.workspace_id, project_id: project.id };
  let transfer = await db.api.post<Schema<'Transfer'>>(`/tasks/${task.id}/transfer`, body);
  const until = Date.now() + PATIENCE_MILLISECONDS;
  while (transfer.state === 'under_way' && Date.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, STEP_MILLISECONDS));
    transfer = await db.api.get<Schema<'Transfer'>>(`/tasks/${task.id}/transfer`);
  }
  return transfer;
}
