/** What is under the hand in a list: the focus, what is dragged. It neither moves nor leaves the page. */
import type { Attachment } from 'svelte/attachments';

export class Held {
  focused = $state<string | null>(null);
  dragged = $state<string | null>(null);

  /** For the element that holds the list. */
  readonly watch: Attachment<HTMLElement> = (root) => {
    const end = new AbortController();
    const { signal } = end;
    root.addEventListener('focusin', ({ target }) => (this.focused = taskAt(target)), { signal });
    root.addEventListener('focusout', () => queueMicrotask(() => this.look(root)), { signal });
    root.addEventListener('taskdragstart', ({ target }) => (this.dragged = taskAt(target)), { signal });
    window.addEventListener('taskdragend', () => (this.dragged = null), { signal });
    return () => end.abort();
  };

  /** Later than the event, which may come while the page is being changed. */
  private look(root: HTMLElement): void {
    if (!root.contains(document.activeElement)) this.focused = null;
  }
}

function taskAt(target: EventTarget | null): string | null {
  const element = target as Element;
  const task = element.closest<HTMLElement>('[data-task]') ?? element.querySelector<HTMLElement>('[data-task]');
  return task?.dataset['task'] ?? null;
}
