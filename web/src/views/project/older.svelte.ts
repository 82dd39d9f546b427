/** Long-closed tasks, which snapshots leave out, fetched when somebody asks for them. */
import { SvelteSet } from 'svelte/reactivity';
import { heldTask } from '../../api/transport.ts';
import type { Schema } from '../../api/types.ts';
import type { App } from '../../app/app.svelte.ts';
import type { Db } from '../../app/db.svelte.ts';

const AT_ONCE = 200;

export class Older {
  /** Keys of the statuses whose older tasks are shown. */
  readonly shown = new SvelteSet<string>();

  constructor(
    private readonly app: App,
    private readonly db: Db,
  ) {}

  async show(projectId: string, status: string): Promise<void> {
    try {
      const query = { project_id: projectId, status, limit: AT_ONCE };
      const { items } = await this.app.api.get<Schema<'TaskPage'>>('/tasks', query);
      this.db.engine.store.applyObjects(items.map(heldTask));
      this.shown.add(status);
    } catch (error) {
      this.app.toasts.show(this.app.explain(error));
    }
  }
}
