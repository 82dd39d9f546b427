/** Who is signed in, and their data in this browser. */
import { httpTransport } from '../api/transport.ts';
import type { Api } from '../api/client.ts';
import { exclusive, lead } from '../sync/locks.ts';
import { Storage } from '../sync/persist.ts';
import type { Held } from '../sync/types.ts';
import { Db } from './db.svelte.ts';
import { REMEMBERED } from './person.ts';
import { forgetDrafts } from './drafts.ts';

export class Session {
  private constructor(
    readonly db: Db,
    private readonly storage: Storage,
    private readonly end: AbortController,
  ) {}

  /** Opens the data of a person. It is shown from the storage at once and catches up in the background. */
  static async open(userId: string, api: Api): Promise<Session> {
    const storage = await Storage.open(userId);
    const end = new AbortController();
    const db = new Db(userId, api, {
      transport: httpTransport(api),
      storage,
      later: (seconds, run) => {
        const timer = setTimeout(run, seconds * 1000);
        return () => clearTimeout(timer);
      },
      exclusive: (task) => exclusive(`headway-outbox-${userId}`, task),
    });
    const turn = await lead(`headway-store-${userId}`, end.signal, () => void storage.takeOver(everything(db)));
    if (turn === 'at once') storage.lead();
    localStorage.setItem(REMEMBERED, userId);
    watchNetwork(db, end.signal);
    return new Session(db, storage, end);
  }

  /** Stops working; what is stored stays for the next visit. */
  async close(): Promise<void> {
    this.end.abort();
    this.db.engine.stop();
    await this.storage.flush();
    this.storage.close();
  }

  /** Leaves nothing of this person in the browser. */
  async erase(): Promise<void> {
    await this.close();
    localStorage.removeItem(REMEMBERED);
    forgetDrafts(this.db.me);
    await Storage.erase(this.db.me);
  }
}

function everything(db: Db): ReadonlyMap<string, Held> {
  return db.engine.store.everything();
}

function watchNetwork(db: Db, signal: AbortSignal): void {
  window.addEventListener('online', () => db.engine.resume(), { signal });
  // Somebody signed out, or another person signed in, in another tab.
  const left = (event: StorageEvent): void => {
    if (event.key === REMEMBERED && event.newValue !== db.me) location.reload();
  };
  window.addEventListener('storage', left, { signal });
  window.addEventListener('offline', () => db.engine.offline(), { signal });
  const channel = 'BroadcastChannel' in window ? new BroadcastChannel(`headway-outbox-${db.me}`) : null;
  if (!channel) return;
  db.engine.outbox.announce = () => channel.postMessage('changed');
  channel.onmessage = () => void db.engine.outbox.load();
  signal.addEventListener('abort', () => channel.close());
}
