/** Long-closed tasks, which snapshots leave out, fetched when somebody asks for them. */
import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import { heldTask } from '../api/transport.ts';
import type { Schema } from '../api/types.ts';
import type { App } from './app.svelte.ts';
import type { Db } from './db.svelte.ts';

const AT_ONCE = 200;

export class Older {
  /** Keys of the statuses whose older tasks are shown. */
  readonly shown = new SvelteSet<string>();
  /** Where the next page of a status begins; null after the last. */
  private readonly next = new SvelteMap<string, string | null>();

  constructor(
    private readonly app: App,
    private readonly db: Db,
  ) {}

  /** Whether there may be more of a status than is shown. */
  hasMore(status: string): boolean {
    return this.next.get(status) !== null;
  }

  async show(projectId: string, status: string): Promise<void> {
    const cursor = this.next.get(status);
    try {
      const query = { project_id: projectId, status, limit: AT_ONCE, sort: '-updated_at', ...(cursor && { cursor }) };
      const { items, next_cursor } = await this.app.api.get<Schema<'TaskPage'>>('/tasks', query);
      this.db.engine.store.applyObjects(items.map(heldTask));
      this.next.set(status, next_cursor);
      this.shown.add(status);
    } catch (error) {
      this.app.toasts.show(this.app.explain(error));
    }
  }
}
