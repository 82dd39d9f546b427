/** What of a scrolling element is seen: tells the windows in it, once a frame at most. */

/** `top` and `bottom` of what is seen, in pixels from the window's own beginning. */
type Seen = (top: number, bottom: number) => void;

export class Viewport {
  private readonly windows = new Map<HTMLElement, Seen>();
  private readonly observer = new ResizeObserver(() => this.update());

  constructor(private readonly scroller: HTMLElement) {
    this.observer.observe(scroller);
  }

  /** Watches until the returned function is called. */
  watch(element: HTMLElement, seen: Seen): () => void {
    if (this.windows.size === 0) this.scroller.addEventListener('scroll', this.update, { passive: true });
    this.windows.set(element, seen);
    this.observer.observe(element);
    return () => {
      this.windows.delete(element);
      this.observer.unobserve(element);
      if (this.windows.size === 0) this.scroller.removeEventListener('scroll', this.update);
    };
  }

  /** Reads all before anything is written: one layout at most. */
  readonly update = (): void => {
    const frame = this.scroller.getBoundingClientRect();
    const places = [...this.windows].map(([element, seen]) => ({ seen, top: element.getBoundingClientRect().top }));
    for (const { seen, top } of places) seen(frame.top - top, frame.bottom - top);
  };
}

const VIEWPORTS = new WeakMap<HTMLElement, Viewport>();

/** The viewport of the element that scrolls `element`. */
export function viewportOf(element: HTMLElement): Viewport {
  const scroller = element.closest<HTMLElement>('[data-scroll]') ?? document.documentElement;
  let viewport = VIEWPORTS.get(scroller);
  if (!viewport) {
    viewport = new Viewport(scroller);
    VIEWPORTS.set(scroller, viewport);
  }
  return viewport;
}
