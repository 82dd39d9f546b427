/** Short messages for what left the view, with a way back. */

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}

const SHOWN_MILLISECONDS = 6000;

export class Toasts {
  items = $state.raw<readonly Toast[]>([]);
  private next = 1;

  show(text: string, action?: Toast['action']): void {
    const id = this.next++;
    this.items = [...this.items.slice(-2), { id, text, ...(action && { action }) }];
    setTimeout(() => this.dismiss(id), SHOWN_MILLISECONDS);
  }

  dismiss(id: number): void {
    this.items = this.items.filter((toast) => toast.id !== id);
  }
}
