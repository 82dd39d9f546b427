/** The signed-in person's data in this browser. */
import { httpTransport } from '../api/transport.ts';
import type { Api } from '../api/client.ts';
import { Storage } from '../sync/persist.ts';
import { joinTabs } from '../sync/tabs.ts';
import { Db } from './db.svelte.ts';
import { forgetViewSettings } from './viewsettings.ts';
import { firstScopes } from './first.ts';
import { forgetDrafts } from './drafts.ts';
import { REMEMBERED } from './person.ts';
import type { Route } from './routes.ts';

export class Session {
  private constructor(
    readonly db: Db,
    private readonly storage: Storage,
    private readonly end: AbortController,
  ) {}

  /** Opens the data of a person. It is shown from the storage at once, what `route` needs first, and catches up in the background. */
  static async open(userId: string, api: Api, route: Route): Promise<Session> {
    const end = new AbortController();
    const [storage, tabs] = await Promise.all([
      Storage.open(userId, () => location.reload()),
      joinTabs(`headway-${userId}`, end.signal),
    ]);
    const db = new Db(userId, api, {
      me: userId,
      transport: httpTransport(api),
      storage,
      tabs,
      firstScopes: (store) => firstScopes(store, userId, route),
      later: (seconds, run) => {
        const timer = setTimeout(run, seconds * 1000);
        return () => clearTimeout(timer);
      },
    });
    watchNetwork(db, end.signal);
    return new Session(db, storage, end);
  }

  /** Stops working; what is stored stays for the next visit. */
  async close(): Promise<void> {
    this.db.engine.stop();
    await this.storage.flush();
    this.storage.close();
    this.end.abort();
  }

  /** Leaves nothing of this person in the browser. */
  async erase(): Promise<void> {
    await this.close();
    localStorage.removeItem(REMEMBERED);
    forgetDrafts(this.db.me);
    forgetViewSettings(this.db.me);
    await Storage.erase(this.db.me);
  }
}

function watchNetwork(db: Db, signal: AbortSignal): void {
  window.addEventListener('online', () => db.engine.resume(), { signal });
  window.addEventListener('offline', () => db.engine.offline(), { signal });
  // Somebody signed out, or another person signed in, in another tab.
  const left = (event: StorageEvent): void => {
    if (event.key === REMEMBERED && event.newValue !== db.me) location.reload();
  };
  window.addEventListener('storage', left, { signal });
}
