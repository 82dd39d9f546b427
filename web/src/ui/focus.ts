/** Where the focus goes when a form opens in place, and when it closes again. */
import { tick } from 'svelte';
import type { Attachment } from 'svelte/attachments';

/** The first field takes the focus; afterwards what opened the form has it, or what stands in its place. */
export const takeFocus: Attachment<HTMLElement> = (form) => {
  const opener = document.activeElement;
  const around = form.parentElement?.closest<HTMLElement>('section, li');
  form.querySelector<HTMLElement>('input, select, textarea')?.focus();
  return () => {
    void tick().then(() => {
      if (document.activeElement !== document.body) return;
      const back = opener instanceof HTMLElement && opener.isConnected ? opener : around?.querySelector('button');
      back?.focus();
    });
  };
};

/** After what was on top has closed: where nothing had the focus before, the view takes it. */
export async function focusView(): Promise<void> {
  await tick();
  if (document.activeElement === document.body) document.querySelector('main')?.focus({ preventScroll: true });
}
