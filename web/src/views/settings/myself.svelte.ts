/** What the server alone knows of oneself: address, second factor, whether one runs the installation. */
import type { Schema } from '../../api/types.ts';
import type { App } from '../../app/app.svelte.ts';

export class Myself {
  me = $state.raw<Schema<'Me'> | null>(null);
  /** The sentence for why it is not known. */
  message = $state('');

  constructor(private readonly app: App) {
    void this.load();
  }

  async load(): Promise<void> {
    try {
      this.me = await this.app.api.get<Schema<'Me'>>('/users/me');
      this.message = '';
    } catch (error) {
      this.message = this.app.explain(error);
    }
  }
}
