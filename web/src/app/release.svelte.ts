/** The service worker seen from the page: it makes the client work offline, and says when a newer release is there. */

/** Milliseconds between two looks for a newer release while the page stays open. */
const LOOK_AGAIN = 3_600_000;

export class Release {
  /** A newer release is in this browser and waits for a reload. */
  ready = $state(false);
  private registration: ServiceWorkerRegistration | null = null;
  private watching = false;

  /** `base` is the address of the product. Nothing happens where the browser has no service workers (plain http). */
  async watch(base: string): Promise<void> {
    if (this.watching || !('serviceWorker' in navigator) || import.meta.env.DEV) return;
    this.watching = true;
    const script = trusted(new URL('sw.js', base).href);
    // Private windows of some browsers refuse; the client works without.
    const registration = await navigator.serviceWorker.register(script, { scope: base }).catch(() => null);
    if (!registration) return;
    this.registration = registration;
    this.look();
    registration.addEventListener('updatefound', () => {
      registration.installing?.addEventListener('statechange', () => this.look());
    });
    setInterval(() => void registration.update().catch(() => undefined), LOOK_AGAIN);
  }

  /** Into the newer release. */
  reload(): void {
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
    this.registration?.waiting?.postMessage('take over');
  }

  private look(): void {
    // Without a controller this is the first worker of this browser: there is nothing to reload into.
    this.ready = Boolean(this.registration?.waiting && navigator.serviceWorker.controller);
  }
}

/** Trusted Types, as far as they are needed here. */
interface Policies {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
}

/** The one address of a script that the page gives to the browser by itself. */
function trusted(url: string): string {
  if (!('trustedTypes' in window)) return url;
  const policies = window.trustedTypes as Policies;
  return policies.createPolicy('headway-worker', { createScriptURL: (same) => same }).createScriptURL(url);
}
