/** Copying, with a word about it: browsers refuse it to pages that did not come by https or from this machine. */
import type { App } from './app.svelte.ts';

export async function copyText(app: App, text: string, copied: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    app.toasts.show(copied);
  } catch {
    app.toasts.show(app.t('toast.not_copied'));
  }
}
