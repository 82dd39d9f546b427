/** A short message for what left the view, with a way back. One at a time: the newest counts. */

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}

const SHOWN_MILLISECONDS = 6000;

export class Toasts {
  current = $state.raw<Toast | null>(null);
  private next = 1;
  private timer: ReturnType<typeof setTimeout> | undefined;

  show(text: string, action?: Toast['action']): void {
    this.current = { id: this.next++, text, ...(action && { action }) };
    this.release();
  }

  dismiss(): void {
    clearTimeout(this.timer);
    this.current = null;
  }

  /** It stays while the pointer or the focus is on it. */
  hold(): void {
    clearTimeout(this.timer);
  }

  release(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.dismiss(), SHOWN_MILLISECONDS);
  }
}
