/** A list that comes in pages, and anew when what is asked for changes: the last question is the one that counts. */
import type { App } from '../../app/app.svelte.ts';

interface Page<T> {
  readonly items: readonly T[];
  readonly next_cursor: string | null;
}
type Query = Readonly<Record<string, string | null>>;

export class Pages<T> {
  items = $state.raw<readonly T[]>([]);
  loaded = $state(false);
  busy = $state(false);
  /** The sentence for why there is nothing new. */
  message = $state('');
  private cursor = $state<string | null>(null);
  private query: Query = {};
  private turn = 0;

  constructor(
    private readonly app: App,
    private readonly path: string,
  ) {}

  get more(): boolean {
    return this.cursor !== null;
  }

  /** From the beginning. */
  async find(query: Query): Promise<void> {
    this.query = query;
    await this.ask(null);
  }

  async next(): Promise<void> {
    if (this.cursor) await this.ask(this.cursor);
  }

  private async ask(cursor: string | null): Promise<void> {
    const turn = ++this.turn;
    this.busy = true;
    try {
      const page = await this.app.api.get<Page<T>>(this.path, { ...this.query, cursor, limit: 50 });
      if (turn !== this.turn) return;
      this.items = cursor ? [...this.items, ...page.items] : page.items;
      this.cursor = page.next_cursor;
      this.loaded = true;
      this.message = '';
    } catch (error) {
      if (turn === this.turn) this.message = this.app.explain(error);
    } finally {
      if (turn === this.turn) this.busy = false;
    }
  }
}
