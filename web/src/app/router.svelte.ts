/** History URLs below the product's base path. Pages are declared in routes.ts; the filters of a view live in the query. */
import { match, type Route } from './routes.ts';

/** What comes in place of the page that is left, which still stands there. */
export interface Leaving {
  /** The entry of the history that comes. */
  readonly to: number;
  /** One has been there before. */
  readonly back: boolean;
  /** Only the query changes. */
  readonly samePath: boolean;
}

interface State {
  /** Names the entry of the history. */
  readonly entry: number;
  /** The entry before is one of ours. */
  readonly inside: boolean;
}

export class Router {
  private url = $state.raw(new URL(location.href));
  readonly route: Route = $derived(match(this.path, this.fragment));

  leaving: (change: Leaving) => void = () => undefined;
  private state: State;

  /** `base` is the path of the product, with slashes at both ends. */
  constructor(private readonly base: string) {
    this.state = stateNow() ?? { entry: Date.now(), inside: false };
    history.replaceState(this.state, '');
    window.addEventListener('popstate', () => {
      this.show(new URL(location.href), stateNow() ?? { entry: 0, inside: false }, true);
    });
  }

  /** The entry of the history that is shown. */
  get entry(): number {
    return this.state.entry;
  }

  /** The path below the base, starting with a slash. */
  get path(): string {
    const { pathname } = this.url;
    return pathname.startsWith(this.base) ? `/${pathname.slice(this.base.length)}` : '/';
  }

  /** What stands behind #, without it. */
  get fragment(): string {
    return this.url.hash.slice(1);
  }

  get query(): URLSearchParams {
    return this.url.searchParams;
  }

  param(name: string): string | null {
    return this.url.searchParams.get(name);
  }

  /** The address of a path of ours, for links. */
  href(path: string): string {
    return this.base + path.slice(1);
  }

  go(path: string, options: { replace?: boolean } = {}): void {
    const url = new URL(this.href(path), location.href);
    if (url.href === this.url.href) return;
    const state = options.replace ? this.state : { entry: Date.now(), inside: true };
    if (options.replace) history.replaceState(state, '', url);
    else history.pushState(state, '', url);
    this.show(url, state, false);
  }

  /** Changes one or more parts of the query; null removes a part. */
  setQuery(changes: Readonly<Record<string, string | null>>, options: { replace?: boolean } = {}): void {
    const query = new URLSearchParams(this.url.search);
    for (const [name, value] of Object.entries(changes)) {
      if (value === null) query.delete(name);
      else query.set(name, value);
    }
    const text = query.toString();
    this.go(this.path + (text ? `?${text}` : ''), options);
  }

  /** Back to the page before when there is one of ours, else to `path`. */
  back(path: string): void {
    if (this.state.inside) history.back();
    else this.go(path, { replace: true });
  }

  private show(url: URL, state: State, back: boolean): void {
    this.leaving({ to: state.entry, back, samePath: url.pathname === this.url.pathname });
    this.state = state;
    this.url = url;
  }

  /** For `onclick` of links: ordinary clicks stay in the page. */
  readonly follow = (event: MouseEvent): void => {
    const link = (event.target as Element).closest?.('a');
    if (!link || event.defaultPrevented || event.button !== 0 || link.target || link.hasAttribute('download')) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const url = new URL(link.href);
    if (url.origin !== location.origin || !url.pathname.startsWith(this.base)) return;
    if (url.pathname.startsWith(`${this.base}api/`) || url.pathname.startsWith(`${this.base}docs`)) return;
    event.preventDefault();
    this.go(`/${url.pathname.slice(this.base.length)}${url.search}${url.hash}`);
  };
}

/** The product's base path from `<base href>`, which the server writes. */
export function basePath(): string {
  return new URL(document.baseURI).pathname.replace(/[^/]*$/, '');
}

function stateNow(): State | null {
  return history.state as State | null;
}
