/** Going back, or reloading, shows a page where one left it; another page starts at its top. */
import { tick } from 'svelte';
import type { Attachment } from 'svelte/attachments';
import type { Leaving, Router } from './router.svelte.ts';

type Spot = readonly [top: number, start: number];

const STORED = 'headway.scroll';
/** Entries of the history that are remembered. */
const MOST = 50;
/** Milliseconds that a page has to become as long as it was. */
const PATIENCE = 2000;
const TAKEN_OVER = ['wheel', 'touchstart', 'pointerdown', 'keydown'] as const;

/** For the element around the pages: what scrolls within it says so by `data-scroll`. */
export function keepsScroll(router: Router): Attachment<HTMLElement> {
  return (main) => {
    const spots = new Map(stored());
    let stop = restore(main, spots.get(router.entry) ?? [], new Set());

    function note(entry: number): void {
      spots.delete(entry);
      spots.set(entry, scrollers(main).map(spotOf));
    }
    function leave({ to, back, samePath }: Leaving): void {
      stop();
      note(router.entry);
      const there = new Set(scrollers(main));
      const wanted = back ? spots.get(to) : undefined;
      if (wanted) stop = restore(main, wanted, samePath ? there : new Set());
      else if (!samePath) void tick().then(() => there.forEach((element) => element.scrollTo(0, 0)));
    }
    function store(): void {
      note(router.entry);
      sessionStorage.setItem(STORED, JSON.stringify([...spots].slice(-MOST)));
    }

    router.leaving = leave;
    window.addEventListener('pagehide', store);
    return () => {
      stop();
      router.leaving = () => undefined;
      window.removeEventListener('pagehide', store);
    };
  };
}

/**
 * Tries whenever the page changes, before it is painted, until it is long enough or the person takes over. What is
 * `staying` keeps its place: it may have been scrolled beside a panel.
 */
function restore(main: HTMLElement, wanted: readonly Spot[], staying: ReadonlySet<Element>): () => void {
  const observer = new MutationObserver(tryAgain);
  const timer = setTimeout(stop, PATIENCE);

  function tryAgain(): void {
    const elements = scrollers(main);
    const reached = wanted.map((spot, at) => {
      const element = elements[at];
      return element !== undefined && (staying.has(element) || put(element, spot));
    });
    if (reached.every(Boolean)) stop();
  }
  function stop(): void {
    observer.disconnect();
    clearTimeout(timer);
    for (const event of TAKEN_OVER) window.removeEventListener(event, stop);
  }

  for (const event of TAKEN_OVER) window.addEventListener(event, stop, { passive: true });
  // The page that is left still stands there: the first change takes it away.
  observer.observe(main, { childList: true, subtree: true, attributeFilter: ['style'] });
  return stop;
}

/** Whether the element is long enough for it. */
function put(element: Element, [top, start]: Spot): boolean {
  if (!isAt(element, top, start)) element.scrollTo(start, top);
  return isAt(element, top, start);
}

function isAt({ scrollTop, scrollLeft }: Element, top: number, start: number): boolean {
  return Math.abs(scrollTop - top) <= 1 && Math.abs(scrollLeft - start) <= 1;
}

function scrollers(main: HTMLElement): Element[] {
  return [...main.querySelectorAll('[data-scroll]')];
}

function spotOf({ scrollTop, scrollLeft }: Element): Spot {
  return [scrollTop, scrollLeft];
}

function stored(): [number, readonly Spot[]][] {
  return JSON.parse(sessionStorage.getItem(STORED) ?? '[]') as [number, readonly Spot[]][];
}
