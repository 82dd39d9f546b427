/** The state of a form that is sent to the API by itself, outside of sync. */
import { Problem } from '../api/problem.ts';
import type { App } from '../app/app.svelte.ts';

export class Form {
  busy = $state(false);
  /** The sentence for the whole form. */
  message = $state('');
  private problem = $state.raw<Problem | null>(null);

  constructor(private readonly app: App) {}

  /** Sends; failures become messages. Whether it went well. */
  async send(work: () => Promise<unknown>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.message = '';
    this.problem = null;
    try {
      await work();
      return true;
    } catch (error) {
      this.problem = error instanceof Problem ? error : null;
      const named = this.problem?.body.errors?.length ?? 0;
      this.message = named > 0 ? '' : this.app.explain(error);
      return false;
    } finally {
      this.busy = false;
    }
  }

  get code(): string {
    return this.problem?.code ?? '';
  }

  /** The sentence for one field: by its code when we know it, else the server's own. */
  error(field: string): string | undefined {
    const error = this.problem?.body.errors?.find((one) => one.field === field);
    if (!error) return undefined;
    const key = `field.${error.code}`;
    return this.app.i18n.has(key) ? this.app.t(key) : error.message;
  }
}
