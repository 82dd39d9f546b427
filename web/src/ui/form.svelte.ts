/** The state of a form that is sent to the API by itself, outside of sync. */
import { Problem } from '../api/problem.ts';
import type { App } from '../app/app.svelte.ts';

export class Form {
  busy = $state(false);
  /** The sentence for the whole form. */
  message = $state('');
  private problem = $state.raw<Problem | null>(null);
  /** The fields that have an input, which says what is wrong with them. */
  private readonly shown = new Set<string>();

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
      this.message = this.sentence(error);
      return false;
    } finally {
      this.busy = false;
    }
  }

  get code(): string {
    return this.problem?.code ?? '';
  }

  /** The sentence for one field: by its code when we know it, else the server's own. Its input says it. */
  error(field: string): string | undefined {
    this.shown.add(field);
    const error = this.problem?.body.errors?.find((one) => one.field === field);
    if (!error) return undefined;
    const key = `field.${error.code}`;
    return this.app.i18n.has(key) ? this.app.t(key) : error.message;
  }

  /** What the form says: nothing when inputs say all of it; else what none of them can say. */
  private sentence(error: unknown): string {
    const errors = this.problem?.body.errors ?? [];
    const others = errors.filter(({ field }) => !this.shown.has(field));
    if (errors.length === 0) return this.app.explain(error);
    if (others.length === 0) return '';
    return `${this.app.explain(error)} (${others.map(({ field, message }) => `${field} ${message}`).join('; ')})`;
  }
}
