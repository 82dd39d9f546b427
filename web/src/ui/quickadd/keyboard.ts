/** Keeps a panel at the bottom of the screen above a keyboard that covers the page. */
import type { Attachment } from 'svelte/attachments';

/** Sets `--covered`: the height of what the keyboard covers, where the page does not become smaller with it. */
export const aboveKeyboard: Attachment<HTMLElement> = (panel) => {
  const seen = window.visualViewport;
  if (!seen) return undefined;
  const place = (): void => {
    const covered = Math.max(0, innerHeight - seen.height - seen.offsetTop);
    panel.style.setProperty('--covered', `${covered}px`);
  };
  place();
  seen.addEventListener('resize', place);
  seen.addEventListener('scroll', place);
  return () => {
    seen.removeEventListener('resize', place);
    seen.removeEventListener('scroll', place);
  };
};
